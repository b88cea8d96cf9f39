package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.sfu.SocketStats;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link UdpPort} on recvmmsg and sendmmsg: one system call for many datagrams. Consecutive datagrams of equal length
 * to one destination leave as one message, which the kernel (or the network card) cuts into datagrams again
 * (UDP_SEGMENT, Linux 4.18); this is given up for good at the first refusal, and the refused message is sent again
 * datagram by datagram.
 *
 * <p>Nothing is allocated per datagram. The memory is the port's own and is freed by {@link #close()}.
 */
public final class PosixUdpPort implements UdpPort {
    private static final Logger LOG = LoggerFactory.getLogger(PosixUdpPort.class);
    /** A burst of key frames to a full room must not overrun the socket; the kernel caps this at its own limit. */
    private static final int BUFFER = 4 << 20;
    /** The kernel's limit (UDP_MAX_SEGMENTS), and what an IP packet can hold. */
    private static final int MAX_SEGMENTS = 64;

    private static final int MAX_MESSAGE = 65_000;
    private static final int POLLFD = 8;
    private static final short POLLIN = 1;

    private final Arena arena = Arena.ofShared();
    private final Posix posix = new Posix();
    private final AddressTable addresses = new AddressTable();
    private final PosixSocket[] sockets;
    private final int wake;
    private final Alarm alarm;
    private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
    private final MemorySegment drained = arena.allocate(8, 8);
    private final MemorySegment atOnce = arena.allocate(16, 8);
    private final MemorySegment descriptors;
    private MessageVector incoming = new MessageVector(1, arena);
    private MessageVector outgoing = new MessageVector(1, arena);
    private int inCapacity = 1;
    /** The batch that the incoming messages point to. */
    private @Nullable InBatch preparedFor;

    private int outCapacity = 1;
    private int nextSocket;
    private boolean segmenting = true;
    private final PortCounts counts = new PortCounts();
    private volatile long refused;
    private boolean closed;

    private PosixUdpPort(int port, List<InetAddress> listen, boolean shared) throws IOException {
        var opened = new ArrayList<PosixSocket>();
        try {
            int bound = port;
            for (var address : ListenAddresses.withoutShadowed(listen)) {
                var socket = PosixSocket.open(posix, address, bound, BUFFER, shared);
                opened.add(socket);
                bound = socket.port();
            }
            alarm = new Alarm(arena);
            wake = posix.event();
            if (wake < 0) {
                posix.close(alarm.fd());
                throw new IOException("eventfd failed with errno " + posix.errno());
            }
        } catch (IOException | RuntimeException failure) {
            opened.forEach(socket -> posix.close(socket.fd()));
            arena.close();
            throw failure;
        }
        sockets = opened.toArray(PosixSocket[]::new);
        descriptors = descriptors();
    }

    /**
     * Binds a port, 0 for any free one, on each of the addresses.
     *
     * @param shared whether other ports of this process will bind the same number (SO_REUSEPORT)
     * @throws java.net.BindException when it is taken, or when an address is not this machine's
     */
    public static PosixUdpPort bind(int port, List<InetAddress> listen, boolean shared) throws IOException {
        return new PosixUdpPort(port, listen, shared);
    }

    /** Whether this machine has the system calls. */
    public static boolean isSupported() {
        return Posix.isSupported();
    }

    private MemorySegment descriptors() {
        var polled = arena.allocate((long) POLLFD * (sockets.length + 2), 8);
        for (int i = 0; i < sockets.length; i++) {
            polled.set(JAVA_INT, (long) POLLFD * i, sockets[i].fd());
        }
        polled.set(JAVA_INT, (long) POLLFD * sockets.length, wake);
        polled.set(JAVA_INT, (long) POLLFD * (sockets.length + 1), alarm.fd());
        for (int i = 0; i < sockets.length + 2; i++) {
            polled.set(JAVA_SHORT, (long) POLLFD * i + 4, POLLIN);
        }
        return polled;
    }

    @Override
    public int port() {
        return sockets[0].port();
    }

    @Override
    public void share() throws IOException {
        for (var socket : sockets) {
            socket.share(posix);
        }
    }

    /** The lock is that of {@link #wakeUp}. */
    @Override
    public boolean steer(long[] program) {
        synchronized (one) {
            boolean taken = !closed;
            for (int i = 0; taken && i < sockets.length; i++) {
                taken = sockets[i].steer(program);
            }
            return taken;
        }
    }

    @Override
    public int receive(InBatch batch) {
        batch.clear();
        if (preparedFor != batch) {
            prepare(batch);
        }
        // Another socket comes first each time, so that a flood on one does not starve the others.
        nextSocket = nextSocket + 1 < sockets.length ? nextSocket + 1 : 0;
        for (int i = nextSocket; i < sockets.length && batch.hasRoom(); i++) {
            receive(batch, i);
        }
        for (int i = 0; i < nextSocket && batch.hasRoom(); i++) {
            receive(batch, i);
        }
        return batch.count();
    }

    /** Each message receives into the slot of the same number, for as long as the batch is the same. */
    private void prepare(InBatch batch) {
        if (inCapacity < batch.capacity()) {
            inCapacity = batch.capacity();
            incoming = new MessageVector(inCapacity, arena);
        }
        for (int i = 0; i < batch.capacity(); i++) {
            incoming.datagram(i, batch.memory().asSlice(batch.offset(i), InBatch.SLOT).address(), InBatch.SLOT);
            incoming.toReceive(i);
        }
        preparedFor = batch;
    }

    private void receive(InBatch batch, int local) {
        int first = batch.count();
        int room = batch.capacity() - first;
        int received = posix.receive(sockets[local].fd(), incoming.headers(first, room), room);
        if (received > 0) {
            counts.receiveCall();
        }
        for (int i = first; i < first + received; i++) {
            long name = incoming.nameOffset(i);
            var names = incoming.names();
            var source = addresses.of(
                    SocketAddress.high(names, name), SocketAddress.low(names, name), SocketAddress.port(names, name));
            batch.add(source, local, incoming.length(i));
            incoming.receiveAgain(i);
        }
    }

    @Override
    public void send(OutBatch batch) {
        if (outCapacity < batch.count()) {
            outCapacity = Math.max(batch.count(), 2 * outCapacity);
            outgoing = new MessageVector(outCapacity, arena);
        }
        for (int start = 0; start < batch.count(); ) {
            start = sendFrom(batch, start);
        }
        batch.clear();
    }

    /** Sends what leaves from one socket, from {@code start} on; returns the index after it. */
    private int sendFrom(OutBatch batch, int start) {
        int local = batch.local(start);
        var socket = sockets[local];
        int messages = 0;
        int next = start;
        while (next < batch.count() && batch.local(next) == local) {
            next = message(batch, next, messages, socket.family());
            messages++;
        }
        transmit(batch, socket.fd(), messages);
        return next;
    }

    /** Puts as many datagrams as go together into one message; returns the index after them. */
    private int message(OutBatch batch, int first, int message, int family) {
        int size = batch.length(first);
        int end = first;
        int total = 0;
        boolean more = true;
        while (more && end < batch.count() && end - first < MAX_SEGMENTS) {
            int length = batch.length(end);
            boolean fits = end == first
                    || segmenting && length <= size && total + length <= MAX_MESSAGE && batch.goSameWay(first, end);
            if (fits) {
                total += length;
                end++;
            }
            more = fits && length == size; // only the last may be shorter
        }
        counts.message(end - first);
        outgoing.datagram(message, address(batch, first, total), total);
        SocketAddress.write(outgoing.names(), outgoing.nameOffset(message), family, batch.destination(first));
        outgoing.toSend(message, first, end - first, SocketAddress.length(family), end - first > 1 ? size : 0);
        return end;
    }

    /**
     * Of a range from a datagram on, once it was checked to lie inside the batch's memory. There is no gap between
     * datagrams, so that a run of them is one range.
     */
    private static long address(OutBatch batch, int first, int length) {
        var memory = batch.memory();
        return memory.address() + Objects.checkFromIndexSize(batch.offset(first), length, memory.byteSize());
    }

    private void transmit(OutBatch batch, int fd, int messages) {
        int done = 0;
        while (done < messages) {
            int sent = posix.send(fd, outgoing.headers(done, messages - done), messages - done);
            counts.sendCall();
            if (sent > 0) {
                done += sent;
            } else {
                done = afterRefusal(batch, fd, done, messages, posix.errno());
            }
        }
    }

    /** Only the first message that was not sent has an error; the others are tried again without it. */
    private int afterRefusal(OutBatch batch, int fd, int message, int messages, int errno) {
        if (errno == Posix.EINTR) {
            return message;
        }
        if (errno == Posix.EAGAIN) {
            for (int i = message; i < messages; i++) {
                refused = refused + outgoing.datagrams(i);
            }
            return messages;
        }
        if ((errno == Posix.EIO || errno == Posix.EINVAL) && outgoing.datagrams(message) > 1) {
            if (segmenting) {
                LOG.info(
                        "This network path does not take segmented UDP (errno {}): sending datagrams one by one",
                        errno);
            }
            segmenting = false;
            resendSingly(batch, fd, message);
        } else {
            refused = refused + outgoing.datagrams(message);
        }
        return message + 1;
    }

    private void resendSingly(OutBatch batch, int fd, int message) {
        int first = outgoing.firstDatagram(message);
        int datagrams = outgoing.datagrams(message);
        int nameLength = outgoing.nameLength(message);
        for (int i = first; i < first + datagrams; i++) {
            outgoing.datagram(message, address(batch, i, batch.length(i)), batch.length(i));
            outgoing.toSend(message, i, 1, nameLength, 0);
            if (posix.send(fd, outgoing.headers(message, 1), 1) != 1) {
                refused = refused + 1;
            }
        }
    }

    @Override
    public void await(long nanos) {
        long limit = atOnce.address();
        if (nanos > 0) {
            alarm.ringWithin(System.nanoTime(), nanos);
            limit = 0;
        }
        int ready = posix.poll(descriptors.address(), sockets.length + 2, limit);
        if (ready > 0 && isReady(sockets.length)) {
            posix.read(wake, drained.address(), drained.byteSize());
        }
        if (ready > 0 && isReady(sockets.length + 1)) {
            alarm.rang(posix);
        }
    }

    private boolean isReady(int descriptor) {
        return descriptors.get(JAVA_SHORT, (long) POLLFD * descriptor + 6) != 0;
    }

    /** The lock keeps a late wake-up from writing to a descriptor that was closed and is another's by now. */
    @Override
    public void wakeUp() {
        synchronized (one) {
            if (!closed) {
                Posix.write(wake, one.address(), one.byteSize());
            }
        }
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public SocketStats stats() {
        return counts.snapshot(refused);
    }

    @Override
    public void close() {
        synchronized (one) {
            if (closed) {
                return;
            }
            closed = true;
            for (var socket : sockets) {
                posix.close(socket.fd());
            }
            posix.close(wake);
            posix.close(alarm.fd());
        }
        arena.close();
    }
}
