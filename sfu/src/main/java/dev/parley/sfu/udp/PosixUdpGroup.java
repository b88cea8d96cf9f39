package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Many local ends of UDP of one thread: what programs need that play many clients, each with an address of its own. A
 * batch holds datagrams of any of them, told apart by {@link InBatch#local} and {@link OutBatch#local}. Linux only, as
 * {@link PosixUdpPort#isSupported} says. Nothing is allocated per datagram.
 *
 * <p>An end has a socket and a port of its own ({@link #open}), or, towards this machine, shares them with others and
 * has a loopback address of its own ({@link #openOnLoopback}): that is much cheaper to receive from.
 *
 * <p>Datagrams leave one by one, without segmentation, as they do from browsers.
 */
public final class PosixUdpGroup implements AutoCloseable {
    /** Ready sockets that one system call tells of. */
    private static final int READY = 256;
    /** Datagrams that a socket of one end may take of a batch, so that a busy one does not starve the others. */
    private static final int MOST_OF_ONE = 64;
    /** Datagrams of one system call. */
    private static final int MOST_AT_ONCE = 64;
    /** Datagrams that are asked for at first: mostly there are fewer, and each takes time to ask for. */
    private static final int CHUNK = 8;
    private static final short POLLIN = 1;
    private static final int WAKE = -1;

    private static final long NANOS = 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final Posix posix = new Posix();
    private final Epoll epoll;
    private final AddressTable addresses = new AddressTable();
    private final MessageVector incoming = new MessageVector(MOST_AT_ONCE, arena);
    private final MessageVector outgoing = new MessageVector(MOST_AT_ONCE, arena);
    private final MemorySegment timeout = arena.allocate(16, 8);
    private final MemorySegment polled = arena.allocate(8, 8);
    private final MemorySegment polledWake = arena.allocate(8, 8);
    private final KernelNotes notes = new KernelNotes(MOST_AT_ONCE, arena);
    private long[] arrivals = new long[0];
    private final MemorySegment drained = arena.allocate(8, 8);
    private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
    private final int wake;
    private final GroupEnds ends;
    private int ready;
    private int nextReady;
    private long refused;
    private boolean closed;

    /** A group without sockets. */
    public PosixUdpGroup() throws IOException {
        epoll = new Epoll(READY, arena);
        ends = new GroupEnds(posix, epoll, arena);
        wake = posix.event();
        if (wake < 0 || !epoll.add(wake, WAKE)) {
            throw new IOException("eventfd failed with errno " + posix.errno());
        }
        polled.set(JAVA_INT, 0, epoll.fd());
        polled.set(JAVA_SHORT, 4, POLLIN);
        polledWake.set(JAVA_INT, 0, wake);
        polledWake.set(JAVA_SHORT, 4, POLLIN);
    }

    /**
     * Opens a socket on any free port of a local address.
     *
     * @return its number, which names it in batches
     */
    public int open(InetAddress local) throws IOException {
        return ends.open(local);
    }

    /**
     * Opens an end on a loopback address of its own, IPv4, that shares a socket and its port with others. It reaches
     * whatever listens on any IPv4 address of this machine, and nothing else.
     *
     * @return its number, which names it in batches
     */
    public int openOnLoopback() throws IOException {
        return ends.openOnLoopback();
    }

    /** Closes one end. */
    public void close(int number) {
        ends.close(number);
    }

    /** Fills a batch with what has arrived, without waiting; returns how many datagrams there are. */
    public int receive(InBatch batch) {
        batch.clear();
        if (arrivals.length < batch.capacity()) {
            arrivals = new long[batch.capacity()];
        }
        if (nextReady == ready) {
            notes.check();
            ready = Math.max(0, epoll.poll());
            nextReady = 0;
        }
        while (nextReady < ready && batch.hasRoom()) {
            long data = epoll.ready(nextReady++);
            if (data == WAKE) {
                posix.read(wake, drained.address(), drained.byteSize());
            } else {
                receiveAll(batch, ends.owner(data), ends.ready(data));
            }
        }
        return batch.count();
    }

    /** @param number of the end whose the socket is, {@link LoopbackEnds#NOBODY} for a shared one */
    private void receiveAll(InBatch batch, int number, @Nullable PosixSocket socket) {
        if (socket == null) {
            return;
        }
        int most = number == LoopbackEnds.NOBODY
                ? batch.capacity()
                : Math.min(batch.capacity(), batch.count() + MOST_OF_ONE);
        boolean more = true;
        for (int chunk = CHUNK; more && batch.count() < most; chunk = MOST_AT_ONCE) {
            int asked = Math.min(chunk, most - batch.count());
            more = receive(batch, number, socket, asked) == asked;
        }
    }

    private int receive(InBatch batch, int number, PosixSocket socket, int most) {
        int first = batch.count();
        long memory = batch.memory().address();
        for (int i = 0; i < most; i++) {
            incoming.datagram(i, memory + batch.offset(first + i), InBatch.SLOT);
            notes.toReceive(incoming, i);
        }
        int received = posix.receive(socket.fd(), incoming.headers(0, most), most);
        var names = incoming.names();
        for (int i = 0; i < received; i++) {
            arrivals[batch.count()] = notes.arrival(i);
            // It lies in its slot already: nobody's is counted, too.
            int end = number == LoopbackEnds.NOBODY ? ends.whose(notes.address(i)) : number;
            batch.add(source(names, incoming.nameOffset(i)), end, incoming.length(i));
        }
        return received;
    }

    /**
     * When a datagram of the last batch reached its socket, by {@link System#nanoTime}: told by the kernel, so that it
     * does not depend on when this thread got around to it.
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
        var socket = ends.socket(batch.local(start));
        int messages = 0;
        while (messages < MOST_AT_ONCE && start + messages < batch.count()) {
            int at = start + messages;
            if (ends.socket(batch.local(at)) != socket) {
                break;
            }
            int family = socket == null ? Posix.AF_INET : socket.family();
            outgoing.datagram(messages, batch.memory().address() + batch.offset(at), batch.length(at));
            SocketAddress.write(outgoing.names(), outgoing.nameOffset(messages), family, batch.destination(at));
            outgoing.toSend(messages, messages, 1, SocketAddress.length(family), 0);
            int address = ends.address(batch.local(at));
            if (address != 0) {
                notes.sendFrom(outgoing, messages, address);
            }
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

    /** How many sockets its ends have. */
    public int sockets() {
        return ends.sockets();
    }

    /** How many datagrams the sockets refused to send. */
    public long refused() {
        return refused;
    }

    /** Closes all ends and frees the memory; by the group's thread. */
    @Override
    public void close() {
        synchronized (one) {
            if (closed) {
                return;
            }
            closed = true;
        }
        ends.closeAll();
        posix.close(wake);
        posix.close(epoll.fd());
        arena.close();
    }
}
