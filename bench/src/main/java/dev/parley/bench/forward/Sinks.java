package dev.parley.bench.forward;

import dev.parley.sfu.engine.srtp.Srtp;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers' sockets, on consecutive ports. Nobody waits in them: they are emptied now and then, so that waking a
 * reader is not charged to who sends. Counts RTP alone; the first subscriber's packets are decrypted and compared.
 */
final class Sinks implements AutoCloseable {
    private static final int BUFFER = 4 << 20;
    private static final int SLOT = 2_048;

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory = arena.allocate(SLOT, 64);
    private final MemorySegment plain = arena.allocate(SLOT, 64);
    private final ByteBuffer buffer = memory.asByteBuffer();
    private @Nullable SrtpReceiver first;
    private long received;
    private long wrong;

    /** Binds sockets from this port on. */
    Sinks(int firstPort, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var channel = DatagramChannel.open();
            channels.add(channel);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), firstPort + i));
        }
    }

    /** A subscriber's socket. */
    DatagramChannel channel(int subscriber) {
        return channels.get(subscriber);
    }

    /** From now on the first subscriber's packets are checked with this. */
    void check(SrtpReceiver receiver) {
        first = receiver;
    }

    /** Takes all that has come to the first so many subscribers. */
    void drain(int subscribers) throws IOException {
        for (int i = 0; i < subscribers; i++) {
            var channel = channels.get(i);
            while (channel.receive(buffer.clear()) != null) {
                take(i, buffer.position());
            }
        }
    }

    private void take(int subscriber, int length) {
        int kind = length < 2 ? 0 : buffer.get(0) & 0xff;
        int type = length < 2 ? 0 : buffer.get(1) & 0xff;
        if (kind < 128 || kind > 191 || type >= 192 && type <= 223) {
            return;
        }
        received++;
        if (subscriber == 0 && first != null && !isAuthentic(first, length)) {
            wrong++;
        }
    }

    /** The last payload byte is always the same, the one before it the low byte of the original number. */
    private boolean isAuthentic(SrtpReceiver receiver, int length) {
        int plainLength = receiver.openRtp(memory, 0, length, plain, 0);
        return plainLength > Srtp.RTP_OVERHEAD
                && plain.get(java.lang.foreign.ValueLayout.JAVA_BYTE, plainLength - 1L) == Publisher.LAST_BYTE;
    }

    /** Packets of RTP so far. */
    long received() {
        return received;
    }

    /** Packets of the first subscriber that were not authentic, or not what was sent. */
    long wrong() {
        return wrong;
    }

    @Override
    public void close() throws IOException {
        for (var channel : channels) {
            channel.close();
        }
        arena.close();
    }
}
