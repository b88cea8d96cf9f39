package dev.parley.sfu.lane;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Many UDP sockets of one thread: what programs need that play many clients, each with a port of its own. A batch holds
 * datagrams of any of them, told apart by {@link InBatch#local} and {@link OutBatch#local}. Linux only, as
 * {@link PosixUdpPort#isSupported} says. Nothing is allocated per datagram.
 *
 * <p>Datagrams leave one by one, without segmentation, as they do from browsers.
 */
public final class PosixUdpGroup implements AutoCloseable {
    /** Ready sockets that one system call tells of. */
    private static final int READY = 256;
    /** Datagrams that one socket may take of a batch, so that a busy one does not starve the others. */
    private static final int MOST_OF_ONE = 64;
    /** Datagrams that are asked for at once: mostly there are fewer, and each takes time to ask for. */
    private static final int CHUNK = 8;

    private static final int BUFFER = 1 << 20;
    private static final short POLLIN = 1;
    private static final int WAKE = -1;
    private static final int SO_TIMESTAMPNS = 35;
    /** A control message header of 16 bytes, and seconds and nanoseconds of 8 bytes each. */
    private static final int STAMP = 32;

    private static final long NANOS = 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final Posix posix = new Posix();
    private final Epoll epoll;
    private final AddressTable addresses = new AddressTable();
    private final MessageVector incoming = new MessageVector(MOST_OF_ONE, arena);
    private final MessageVector outgoing = new MessageVector(MOST_OF_ONE, arena);
    private final MemorySegment timeout = arena.allocate(16, 8);
    private final MemorySegment polled = arena.allocate(8, 8);
    private final MemorySegment polledWake = arena.allocate(8, 8);
    private final MemorySegment stamps = arena.allocate((long) MOST_OF_ONE * STAMP, 8);
    private long[] arrivals = new long[0];
    private long wallClockAhead;
    private long wallClockChecked;
    private final MemorySegment drained = arena.allocate(8, 8);
    private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
    private final int wake;
    private @Nullable PosixSocket[] sockets = new PosixSocket[64];
    private int ready;
    private int nextReady;
    private long refused;
    private boolean closed;

    /** A group without sockets. */
    public PosixUdpGroup() throws IOException {
        epoll = new Epoll(READY, arena);
        wake = posix.event();
        if (wake < 0 || !epoll.add(wake, WAKE)) {
            throw new IOException("eventfd failed with errno " + posix.errno());
        }
        polled.set(JAVA_INT, 0, epoll.fd());
        polled.set(JAVA_SHORT, 4, POLLIN);
        polledWake.set(JAVA_INT, 0, wake);
        polledWake.set(JAVA_SHORT, 4, POLLIN);
        checkWallClock(System.nanoTime());
    }

    /** Arrivals are told by the wall clock, which may be stepped: it is compared with the monotonic one now and then. */
    private void checkWallClock(long now) {
        if (wallClockChecked == 0 || now - wallClockChecked > NANOS) {
            wallClockChecked = now;
            var wall = Instant.now();
            long after = System.nanoTime();
            wallClockAhead = wall.getEpochSecond() * NANOS + wall.getNano() - (now + after) / 2;
        }
    }

    /**
     * Opens a socket on any free port of a local address.
     *
     * @return its number, which names it in batches
     */
    public int open(InetAddress local) throws IOException {
        var socket = PosixSocket.open(posix, local, 0, BUFFER, false);
        int number = freeNumber();
        sockets[number] = socket;
        posix.setOption(socket.fd(), Posix.SOL_SOCKET, SO_TIMESTAMPNS, one.address(), 4);
        if (!epoll.add(socket.fd(), number)) {
            close(number);
            throw new IOException("epoll_ctl failed");
        }
        return number;
    }

    private int freeNumber() {
        for (int i = 0; i < sockets.length; i++) {
            if (sockets[i] == null) {
                return i;
            }
        }
        int number = sockets.length;
        sockets = Arrays.copyOf(sockets, 2 * number);
        return number;
    }

    /** Closes one socket. */
    public void close(int number) {
        var socket = sockets[number];
        if (socket != null) {
            sockets[number] = null;
            posix.close(socket.fd());
        }
    }

    /** Fills a batch with what has arrived, without waiting; returns how many datagrams there are. */
    public int receive(InBatch batch) {
        batch.clear();
        if (arrivals.length < batch.capacity()) {
            arrivals = new long[batch.capacity()];
        }
        if (nextReady == ready) {
            checkWallClock(System.nanoTime());
            ready = Math.max(0, epoll.poll());
            nextReady = 0;
        }
        while (nextReady < ready && batch.hasRoom()) {
            int number = (int) epoll.ready(nextReady++);
            if (number == WAKE) {
                posix.read(wake, drained.address(), drained.byteSize());
            } else {
                receiveAll(batch, number);
            }
        }
        return batch.count();
    }

    private void receiveAll(InBatch batch, int number) {
        int most = Math.min(batch.capacity(), batch.count() + MOST_OF_ONE);
        int received = CHUNK;
        while (received == CHUNK && batch.count() < most) {
            var socket = sockets[number];
            received = socket == null ? 0 : receive(batch, number, socket);
        }
    }

    private int receive(InBatch batch, int number, PosixSocket socket) {
        int first = batch.count();
        int room = Math.min(CHUNK, batch.capacity() - first);
        long memory = batch.memory().address();
        for (int i = 0; i < room; i++) {
            incoming.datagram(i, memory + batch.offset(first + i), InBatch.SLOT);
            incoming.toReceive(i, i, stamps.address() + (long) i * STAMP, STAMP);
        }
        int received = posix.receive(socket.fd(), incoming.headers(0, room), room);
        var names = incoming.names();
        for (int i = 0; i < received; i++) {
            long name = incoming.nameOffset(i);
            arrivals[batch.count()] = arrival((long) i * STAMP);
            batch.add(source(names, name), number, incoming.length(i));
        }
        return received;
    }

    private long arrival(long stamp) {
        boolean stamped = stamps.get(JAVA_INT, stamp + 12) == SO_TIMESTAMPNS;
        stamps.set(JAVA_INT, stamp + 12, 0);
        return stamped
                ? stamps.get(JAVA_LONG, stamp + 16) * NANOS + stamps.get(JAVA_LONG, stamp + 24) - wallClockAhead
                : System.nanoTime();
    }

    /**
     * When a datagram of the last batch reached its socket, by {@link System#nanoTime}: told by the kernel, so that it does not
     * depend on when this thread got around to it.
     */
    public long arrivedAt(int index) {
        return arrivals[index];
    }

    private TransportAddress source(MemorySegment names, long name) {
        return addresses.of(
                SocketAddress.high(names, name), SocketAddress.low(names, name), SocketAddress.port(names, name));
    }

    /** Sends all datagrams of a batch and empties it. What a socket does not take is counted and forgotten. */
    public void send(OutBatch batch) {
        for (int start = 0; start < batch.count(); ) {
            start = sendFrom(batch, start);
        }
        batch.clear();
    }

    private int sendFrom(OutBatch batch, int start) {
        int local = batch.local(start);
        var socket = sockets[local];
        int messages = 0;
        while (messages < MOST_OF_ONE && start + messages < batch.count() && batch.local(start + messages) == local) {
            int at = start + messages;
            int family = socket == null ? Posix.AF_INET : socket.family();
            outgoing.datagram(messages, batch.memory().address() + batch.offset(at), batch.length(at));
            SocketAddress.write(outgoing.names(), outgoing.nameOffset(messages), family, batch.destination(at));
            outgoing.toSend(messages, messages, 1, SocketAddress.length(family), 0);
            messages++;
        }
        int done = 0;
        while (socket != null && done < messages) {
            int sent = posix.send(socket.fd(), outgoing.headers(done, messages - done), messages - done);
            if (sent > 0) {
                done += sent;
            } else if (posix.errno() != Posix.EINTR) {
                refused++;
                done++;
            }
        }
        return start + messages;
    }

    /** Waits until a datagram arrives, {@link #wakeUp()} is called or the time (nanoseconds) is over. */
    public void await(long nanos) {
        if (nextReady < ready) {
            return;
        }
        poll(polled, nanos);
    }

    /** Waits until {@link #wakeUp()} is called or the time (nanoseconds) is over; datagrams may gather meanwhile. */
    public void pause(long nanos) {
        poll(polledWake, nanos);
    }

    private void poll(MemorySegment what, long nanos) {
        long time = Math.max(0, nanos);
        timeout.set(JAVA_LONG, 0, time / NANOS);
        timeout.set(JAVA_LONG, 8, time % NANOS);
        posix.poll(what.address(), 1, timeout.address());
    }

    /** Ends the current or the next {@link #await}; from any thread. */
    public void wakeUp() {
        synchronized (one) {
            if (!closed) {
                Posix.write(wake, one.address(), one.byteSize());
            }
        }
    }

    /** How many datagrams the sockets refused to send. */
    public long refused() {
        return refused;
    }

    /** Closes all sockets and frees the memory; by the group's thread. */
    @Override
    public void close() {
        synchronized (one) {
            if (closed) {
                return;
            }
            closed = true;
        }
        for (int i = 0; i < sockets.length; i++) {
            close(i);
        }
        posix.close(wake);
        posix.close(epoll.fd());
        arena.close();
    }
}
