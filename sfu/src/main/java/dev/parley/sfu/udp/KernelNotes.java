package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What the kernel and a {@link PosixUdpGroup} tell each other beside the datagrams of a {@link MessageVector}, as
 * control messages: when one arrived, to which address, and from which one is to leave (cmsg(3), ip(7)). By the number
 * of the message. For one thread.
 */
final class KernelNotes {
    /** The number of the option and of what the kernel then tells with each datagram. */
    static final int SO_TIMESTAMPNS = 35;

    /** A control message header of 16 bytes, and seconds and nanoseconds of 8 bytes each. */
    private static final int STAMP = 32;
    /** A control message header; an interface's number, the own address, and that of the datagram, of 4 bytes each. */
    private static final int INFO = 28;
    /** Both of a datagram that came, the stamp first, with padding. */
    private static final int TOLD = 64;

    private static final int TYPE = 12;
    private static final int BODY = 16;
    private static final int OWN_ADDRESS = 20;
    private static final int ADDRESS = 24;

    private final MemorySegment told;
    private final MemorySegment infos;
    private final ArrivalClock clock = new ArrivalClock();

    /** @param messages as many as the vectors have */
    KernelNotes(int messages, Arena arena) {
        told = arena.allocate((long) messages * TOLD, 8);
        infos = arena.allocate((long) messages * STAMP, 8);
        for (int i = 0; i < messages; i++) {
            infos.set(JAVA_LONG, (long) i * STAMP, INFO);
            infos.set(JAVA_INT, (long) i * STAMP + TYPE, SharedSocket.IP_PKTINFO);
        }
    }

    /** To be called before each look at what has arrived. */
    void check() {
        clock.check();
    }

    /** Lets the message be received together with what there is to tell. */
    void toReceive(MessageVector incoming, int message) {
        incoming.toReceive(message, message, told.address() + (long) message * TOLD, TOLD);
    }

    /**
     * When the message that was received reached its socket, by {@link System#nanoTime}; now when the kernel did not
     * say. To be asked once.
     */
    long arrival(int message) {
        long stamp = (long) message * TOLD;
        return isThere(stamp, SO_TIMESTAMPNS)
                ? clock.monotonic(told.get(JAVA_LONG, stamp + BODY), told.get(JAVA_LONG, stamp + BODY + 8))
                : System.nanoTime();
    }

    /** To which IPv4 address it was sent, 0 when the kernel did not say. To be asked once. */
    int address(int message) {
        long info = (long) message * TOLD + STAMP;
        return isThere(info, SharedSocket.IP_PKTINFO) ? (int) Bytes.u32(told, info + ADDRESS) : 0;
    }

    /** Takes the note back, so that it is not taken for the next message's. */
    private boolean isThere(long note, int type) {
        boolean there = told.get(JAVA_INT, note + TYPE) == type;
        told.set(JAVA_INT, note + TYPE, 0);
        return there;
    }

    /** Lets the message leave from an IPv4 address of this machine. */
    void sendFrom(MessageVector outgoing, int message, int address) {
        long info = (long) message * STAMP;
        Bytes.put32(infos, info + OWN_ADDRESS, address);
        outgoing.control(message, infos.address() + info, INFO);
    }
}
