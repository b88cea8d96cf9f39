package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The structures that recvmmsg and sendmmsg work on, made once. Offsets in bytes, on 64-bit Linux:
 *
 * <pre>
 * mmsghdr  0: name*  8: namelen(4)  16: iov*  24: iovlen  32: control*  40: controllen  48: flags(4)  56: len(4)  64
 * iovec    0: base*  8: length  16
 * cmsghdr  0: length(8)  8: level(4)  12: type(4)  16: segment size(2)  24 with padding
 * </pre>
 */
final class MessageVector {
    private static final int HEADER = 64;
    private static final int NAME_LENGTH = 8;
    private static final int IOV = 16;
    private static final int IOV_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int LENGTH = 56;
    private static final int IOVEC = 16;
    private static final int CMSG = 24;
    private static final int CMSG_LENGTH = 18;

    private final int capacity;
    private final MemorySegment headers;
    private final MemorySegment iovecs;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final int[] firsts;
    private final int[] counts;

    /** Room for this many messages, each of one range of memory. */
    MessageVector(int capacity, Arena arena) {
        this.capacity = capacity;
        headers = arena.allocate((long) capacity * HEADER, 64);
        iovecs = arena.allocate((long) capacity * IOVEC, 64);
        names = arena.allocate((long) capacity * SocketAddress.SIZE, 64);
        controls = arena.allocate((long) capacity * CMSG, 64);
        firsts = new int[capacity];
        counts = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            headers.set(JAVA_LONG, (long) i * HEADER, names.address() + nameOffset(i));
            long control = (long) i * CMSG;
            controls.set(JAVA_LONG, control, CMSG_LENGTH);
            controls.set(JAVA_INT, control + 8, Posix.SOL_UDP);
            controls.set(JAVA_INT, control + 12, Posix.UDP_SEGMENT);
        }
    }

    /** The socket addresses, {@link #nameOffset} apart. */
    MemorySegment names() {
        return names;
    }

    long nameOffset(int message) {
        return (long) message * SocketAddress.SIZE;
    }

    /** The address of so many messages' headers, for the system call. */
    long headers(int first, int count) {
        return headers.address() + HEADER * (long) Objects.checkFromIndexSize(first, count, capacity);
    }

    /** Says where a message's bytes lie: the range was checked against its segment by the caller. */
    void datagram(int iovec, long address, int length) {
        iovecs.set(JAVA_LONG, (long) iovec * IOVEC, address);
        iovecs.set(JAVA_LONG, (long) iovec * IOVEC + 8, length);
    }

    /** Makes a message to receive into the datagram of the same number. */
    void toReceive(int message) {
        set(message, message, SocketAddress.SIZE_V6);
        headers.set(JAVA_LONG, (long) message * HEADER + CONTROL, 0);
        headers.set(JAVA_LONG, (long) message * HEADER + CONTROL_LENGTH, 0);
    }

    /**
     * The same with room for what the kernel says about it (such as its time of arrival), as many bytes at an address.
     */
    void toReceive(int message, int iovec, long control, int controlLength) {
        set(message, iovec, SocketAddress.SIZE_V6);
        control(message, control, controlLength);
    }

    /** Adds to a message to send what the kernel is to do with it, as many bytes at an address. */
    void control(int message, long control, int controlLength) {
        headers.set(JAVA_LONG, (long) message * HEADER + CONTROL, control);
        headers.set(JAVA_LONG, (long) message * HEADER + CONTROL_LENGTH, controlLength);
    }

    /** Makes a message that was received ready for another: the kernel changed these fields. */
    void receiveAgain(int message) {
        headers.set(JAVA_INT, (long) message * HEADER + NAME_LENGTH, SocketAddress.SIZE_V6);
        headers.set(JAVA_LONG, (long) message * HEADER + CONTROL_LENGTH, 0);
    }

    /**
     * Makes a message to one address of the bytes that {@link #datagram} says under the same number.
     *
     * @param first the first of the datagrams that it is made of, in the sender's count
     * @param datagrams how many there are
     * @param segmentSize the length of every datagram but the last, which may be shorter, when the kernel is to cut the
     *     message (UDP_SEGMENT); 0 for a single datagram
     */
    void toSend(int message, int first, int datagrams, int nameLength, int segmentSize) {
        set(message, message, nameLength);
        firsts[message] = first;
        counts[message] = datagrams;
        long header = (long) message * HEADER;
        if (segmentSize == 0) {
            headers.set(JAVA_LONG, header + CONTROL, 0);
            headers.set(JAVA_LONG, header + CONTROL_LENGTH, 0);
        } else {
            long control = (long) message * CMSG;
            controls.set(JAVA_SHORT_UNALIGNED, control + 16, (short) segmentSize);
            headers.set(JAVA_LONG, header + CONTROL, controls.address() + control);
            headers.set(JAVA_LONG, header + CONTROL_LENGTH, CMSG);
        }
    }

    private void set(int message, int iovec, int nameLength) {
        long header = (long) message * HEADER;
        headers.set(JAVA_INT, header + NAME_LENGTH, nameLength);
        headers.set(JAVA_LONG, header + IOV, iovecs.address() + (long) iovec * IOVEC);
        headers.set(JAVA_LONG, header + IOV_COUNT, 1);
    }

    /** The first datagram of a message to send. */
    int firstDatagram(int message) {
        return firsts[message];
    }

    /** The length of the address of a message to send. */
    int nameLength(int message) {
        return headers.get(JAVA_INT, (long) message * HEADER + NAME_LENGTH);
    }

    /** How many datagrams a message to send is made of. */
    int datagrams(int message) {
        return counts[message];
    }

    /** How long a received message was, in bytes. */
    int length(int message) {
        return headers.get(JAVA_INT, (long) message * HEADER + LENGTH);
    }
}
