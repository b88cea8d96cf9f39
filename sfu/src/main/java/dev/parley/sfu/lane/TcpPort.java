package dev.parley.sfu.lane;

import dev.parley.sfu.TcpStats;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.udp.ListenAddresses;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ICE over TCP for clients whose network lets no UDP through (RFC 6544, passive): one thread that owns all connections, and
 * exchanges datagrams with the lanes by their bounded rings. No lane ever waits for it.
 *
 * <pre>
 *  socket ─► FrameReader ─► TcpInput ─► HandOverRing of the transport's lane
 *  socket ◄─ FrameRing of the connection ◄─────────────────── that lane
 * </pre>
 *
 * A stranger, who sends no authenticated check in time, is cut off; so is one whose transport has no consent from it any
 * more, or closes.
 */
public final class TcpPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpPort.class);
    private static final int READ_BUFFER = 1 << 16;
    /** What the kernel may hold for a client that is slow: more would only be late. It doubles it for its own use. */
    private static final int SEND_BUFFER = 1 << 17;

    private static final long LOOK_AROUND_MILLIS = 1_000;
    private static final long ACCEPT_PAUSE_NANOS = 100_000_000;
    private static final long FIRST_CHECK_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration END = Duration.ofSeconds(5);
    private static final int ACCEPTS_A_TURN = 64;

    private final Selector selector;
    private final List<ServerSocketChannel> listening = new ArrayList<>();
    private final List<SelectionKey> acceptKeys = new ArrayList<>();
    private final int port;
    private final TcpAdmission admission = new TcpAdmission(TcpAdmission.Limits.defaults());
    private final TcpOutgoing outgoing;
    private final Set<TcpConnection> connections = new HashSet<>();
    /** Those that were accepted, oldest first, until their deadline. */
    private final ArrayDeque<TcpConnection> strangers = new ArrayDeque<>();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER);
    private final MemorySegment memory = MemorySegment.ofBuffer(buffer);
    private final DropCounters drops = new DropCounters();
    private final TcpCounts counts = new TcpCounts();
    private final Thread thread;
    private @Nullable TcpInput input;
    private @Nullable TcpLinks links;
    private Clock clock = Clock.system();
    private int lastNumber;
    private long acceptAgainAt = Long.MAX_VALUE;
    private long now;
    private volatile boolean closed;

    private TcpPort(int wanted, List<InetAddress> listen) throws IOException {
        selector = Selector.open();
        outgoing = new TcpOutgoing(selector::wakeup);
        var bound = wanted;
        try {
            for (var address : ListenAddresses.withoutShadowed(listen)) {
                var channel = listen(address, bound);
                listening.add(channel);
                bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
                acceptKeys.add(channel.register(selector, SelectionKey.OP_ACCEPT));
            }
        } catch (IOException | RuntimeException e) {
            closeSockets();
            throw e;
        }
        port = bound;
        thread = Thread.ofPlatform().name("parley-tcp").daemon(true).unstarted(this::run);
    }

    private static ServerSocketChannel listen(InetAddress address, int port) throws IOException {
        var channel = ServerSocketChannel.open(
                address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, port));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Binds a port, 0 for any free one, on each of the addresses.
     *
     * @throws java.net.BindException when it is taken, or when an address is not this machine's
     */
    public static TcpPort bind(int port, List<InetAddress> listen) throws IOException {
        return new TcpPort(port, listen);
    }

    /** The TCP port in use. */
    public int port() {
        return port;
    }

    /** What it did; from any thread. */
    public TcpStats stats() {
        return counts.snapshot(StatsReports.drops(drops));
    }

    /** Starts the thread, which serves the lanes of a group from now on. Called before the first of them runs. */
    void start(LaneGroup group, Clock time) {
        clock = time;
        links = group.tcp();
        links.wakeWith(outgoing::wake);
        input = new TcpInput(group, drops, counts);
        thread.start();
    }

    // ---- the thread

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (IOException | RuntimeException | Error bug) {
                LOG.error("A turn of {} failed", thread.getName(), bug);
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
            }
        }
        // What lanes said last, such as their goodbyes, still goes out if the sockets take it.
        work();
        List.copyOf(connections).forEach(this::shut);
    }

    private void turn() throws IOException {
        if (outgoing.maySleep() && !closed) {
            selector.select(this::ready, LOOK_AROUND_MILLIS);
        } else {
            selector.selectNow(this::ready);
        }
        outgoing.awake();
        now = clock.nanos();
        work();
        cutOffStrangers();
        acceptAgain();
        if (input != null) {
            input.wakeLanes();
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof TcpConnection connection) {
            if (key.isReadable()) {
                read(connection);
            }
            if (key.isValid() && key.isWritable()) {
                write(connection);
            }
        } else if (key.channel() instanceof ServerSocketChannel listener) {
            now = clock.nanos();
            accept(listener);
        }
    }

    private void accept(ServerSocketChannel listener) {
        try {
            for (var i = 0; i < ACCEPTS_A_TURN; i++) {
                var channel = listener.accept();
                if (channel == null) {
                    return;
                }
                welcome(channel);
            }
        } catch (IOException e) {
            // Most often no file descriptor is left: to ask again at once would be a busy loop.
            drops.count(Drop.TCP_REFUSED);
            acceptAgainAt = now + ACCEPT_PAUSE_NANOS;
            acceptKeys.forEach(key -> key.interestOps(0));
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        try {
            var address = (InetSocketAddress) channel.getRemoteAddress();
            lastNumber = lastNumber == Integer.MAX_VALUE ? 1 : lastNumber + 1;
            var remote = TransportAddress.of(address).overTcp(lastNumber);
            if (!admission.admit(remote)) {
                drops.count(Drop.TCP_REFUSED);
                channel.close();
                return;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            var key = channel.register(selector, SelectionKey.OP_READ);
            var connection = new TcpConnection(channel, key, remote, outgoing, now + FIRST_CHECK_NANOS);
            key.attach(connection);
            connections.add(connection);
            strangers.add(connection);
            if (links != null) {
                links.opened(remote, connection);
            }
            counts.accepted(connections.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void acceptAgain() {
        if (now >= acceptAgainAt) {
            acceptAgainAt = Long.MAX_VALUE;
            acceptKeys.forEach(key -> key.interestOps(SelectionKey.OP_ACCEPT));
        }
    }

    private void read(TcpConnection connection) {
        var to = input;
        if (to == null) {
            return;
        }
        try {
            if (connection.read(buffer, memory, to.from(connection)) < 0) {
                shut(connection);
            } else if (!connection.isKnown() && connection.owner() != null) {
                connection.becameKnown();
                admission.known(connection.remote());
            }
        } catch (TcpConnection.Malformed e) {
            drops.count(Drop.TCP_FRAMING);
            shut(connection);
        } catch (IOException e) {
            shut(connection);
        }
    }

    private void write(TcpConnection connection) {
        try {
            counts.written(connection.write());
        } catch (IOException e) {
            shut(connection);
        }
    }

    /** Does what lanes left to do. */
    private void work() {
        for (var connection = outgoing.takeAll(); connection != null; ) {
            // Read before it may be noted again.
            var next = connection.next;
            connection.next = null;
            connection.taken();
            if (!connection.isClosed()) {
                write(connection);
                if (connection.isCloseAsked()) {
                    shut(connection);
                }
            }
            connection = next;
        }
    }

    private void cutOffStrangers() {
        for (var oldest = strangers.peek(); oldest != null && now >= oldest.deadline(); oldest = strangers.peek()) {
            strangers.remove();
            if (!oldest.isClosed() && oldest.isOverdue(now)) {
                drops.count(Drop.TCP_SILENT);
                shut(oldest);
            }
        }
    }

    private void shut(TcpConnection connection) {
        if (connections.remove(connection)) {
            // Not left for its deadline: whoever connects and goes, over and over, must not collect here.
            strangers.remove(connection);
            if (links != null) {
                links.closed(connection.remote());
            }
            admission.left(connection.remote(), connection.isKnown());
            connection.shut();
            counts.closed(connections.size());
        }
    }

    private void closeSockets() throws IOException {
        for (var channel : listening) {
            channel.close();
        }
        selector.close();
    }

    /** Closes all connections and frees the port. The lanes must have ended. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            if (thread.isAlive()) {
                thread.join(END);
            }
            closeSockets();
        } catch (IOException e) {
            LOG.warn("TCP port {} was not closed properly ({})", port, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the thread has ended, or never began. */
    boolean hasEnded() {
        return !thread.isAlive();
    }
}
