package dev.parley.sfu.udp;

import dev.parley.sfu.SocketStats;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link UdpPort} on the JDK's channels: one channel a listen address. The IPv6 wildcard serves IPv4 too (dual
 * stack), so the IPv4 wildcard beside it needs no channel of its own.
 */
public final class NioUdpPort implements UdpPort {
    private static final Logger LOG = LoggerFactory.getLogger(NioUdpPort.class);
    /** A burst of key frames to a full room must not overrun the socket; the kernel caps this at its own limit. */
    private static final int BUFFER = 4 << 20;

    private final Selector selector;
    private final List<DatagramChannel> channels;
    private final int port;
    private final SelectorAlarm alarm;
    private final AddressCache addresses = new AddressCache();
    /** The segments that the buffers below stand for: a lane has one batch of each kind. */
    private MemorySegment inMemory = MemorySegment.NULL;

    private MemorySegment outMemory = MemorySegment.NULL;
    private ByteBuffer[] inSlots = new ByteBuffer[0];
    private ByteBuffer outBytes = ByteBuffer.allocate(0);
    private int nextChannel;
    private final PortCounts counts = new PortCounts();
    private volatile long refused;

    private NioUdpPort(Selector selector, List<DatagramChannel> channels, int port) {
        this.selector = selector;
        this.channels = channels;
        this.port = port;
        alarm = new SelectorAlarm(selector);
    }

    /**
     * Binds a port, 0 for any free one, on each of the addresses. Throws {@link BindException} when it is taken, or
     * when an address is not this machine's.
     */
    public static NioUdpPort bind(int port, List<InetAddress> listen) throws IOException {
        return bind(port, listen, false);
    }

    /**
     * As above.
     *
     * @param shared whether the number is another port's of this process that allows it by {@link #share()}
     */
    static NioUdpPort bind(int port, List<InetAddress> listen, boolean shared) throws IOException {
        var selector = Selector.open();
        var channels = new ArrayList<DatagramChannel>();
        try {
            var bound = port;
            for (var address : ListenAddresses.withoutShadowed(listen)) {
                var channel = open(address, bound, shared);
                channels.add(channel);
                channel.register(selector, SelectionKey.OP_READ);
                bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            }
            return new NioUdpPort(selector, List.copyOf(channels), bound);
        } catch (IOException | RuntimeException e) {
            for (var channel : channels) {
                channel.close();
            }
            selector.close();
            throw e;
        }
    }

    private static DatagramChannel open(InetAddress address, int port, boolean shared) throws IOException {
        var family = address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        var channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            if (shared) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, port));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void share() throws IOException {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new IOException("only Linux spreads datagrams over the sockets of a port");
        }
        for (var channel : channels) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
    }

    @Override
    public boolean steer(long[] program) {
        return false;
    }

    @Override
    public int receive(InBatch batch) {
        batch.clear();
        if (!inMemory.equals(batch.memory())) {
            inMemory = batch.memory();
            inSlots = slices(batch.memory().asByteBuffer(), batch.capacity(), InBatch.SLOT);
        }
        // Another channel comes first each time, so that a flood on one does not starve the others.
        nextChannel = (nextChannel + 1) % channels.size();
        for (var i = 0; i < channels.size() && batch.hasRoom(); i++) {
            receive(batch, (nextChannel + i) % channels.size());
        }
        return batch.count();
    }

    private void receive(InBatch batch, int local) {
        var channel = channels.get(local);
        while (batch.hasRoom()) {
            var slot = inSlots[batch.count()].clear();
            try {
                if (!(channel.receive(slot) instanceof InetSocketAddress source)) {
                    return;
                }
                counts.receiveCall();
                batch.add(addresses.of(source), local, slot.position());
            } catch (IOException e) {
                // An ICMP error of an earlier send may show here; it concerns one destination, not this socket.
                LOG.debug("Receiving failed once", e);
                return;
            }
        }
    }

    @Override
    public void send(OutBatch batch) {
        if (!outMemory.equals(batch.memory())) {
            outMemory = batch.memory();
            outBytes = batch.memory().asByteBuffer();
        }
        var notTaken = 0;
        for (var start = 0; start < batch.count(); ) {
            var end = batch.endOfRun(start);
            var to = addresses.of(batch.destination(start));
            var channel = channels.get(batch.local(start));
            for (var i = start; i < end; i++) {
                counts.sendCall();
                counts.message(1);
                var at = (int) batch.offset(i);
                outBytes.limit(at + batch.length(i)).position(at);
                notTaken += send(channel, outBytes, to) ? 0 : 1;
            }
            start = end;
        }
        if (notTaken > 0) {
            refused = refused + notTaken;
        }
        batch.clear();
    }

    private static boolean send(DatagramChannel channel, ByteBuffer datagram, InetSocketAddress to) {
        try {
            return channel.send(datagram, to) > 0;
        } catch (IOException e) {
            LOG.debug("Sending to {} failed", to, e);
            return false;
        }
    }

    private static ByteBuffer[] slices(ByteBuffer all, int count, int size) {
        var slices = new ByteBuffer[count];
        for (var i = 0; i < count; i++) {
            slices[i] = all.slice(i * size, size);
        }
        return slices;
    }

    @Override
    public void await(long nanos) {
        try {
            if (nanos <= 0) {
                selector.selectNow();
            } else {
                alarm.ringWithin(nanos);
                selector.select();
            }
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
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
        alarm.close();
        try {
            for (var channel : channels) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.warn("Closing the media port failed", e);
        }
    }
}
