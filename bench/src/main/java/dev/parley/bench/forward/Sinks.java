package dev.parley.bench.forward;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.startup.SyntheticStream;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.MediaPath;
import dev.parley.sfu.udp.UdpPort;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers' sockets, on consecutive ports. Nobody waits in them: they are emptied now and then, so that waking a
 * reader is not charged to who sends. Counts RTP alone; the packets of some of them are decrypted and compared.
 */
final class Sinks implements AutoCloseable {
    private static final int BATCH = 128;

    private final List<UdpPort> ports = new ArrayList<>();
    private final Arena arena = Arena.ofShared();
    private final InBatch batch = new InBatch(BATCH, arena);
    private final MemorySegment plain = arena.allocate(InBatch.SLOT, 64);
    private final @Nullable SrtpReceiver[] receivers;
    private int watched;
    private LongConsumer stamps = stamp -> {};
    private int payload;
    private long received;
    private long wrong;

    /** Binds sockets from this port on. */
    Sinks(int firstPort, int count) throws IOException {
        receivers = new SrtpReceiver[count];
        var path = MediaPath.choose(HotPath.AUTO);
        for (int i = 0; i < count; i++) {
            ports.add(path.bind(firstPort + i, List.of(InetAddress.getLoopbackAddress())));
        }
    }

    /** A subscriber's socket. */
    UdpPort port(int subscriber) {
        return ports.get(subscriber);
    }

    /** From now on this subscriber's packets are checked with this. */
    void check(int subscriber, SrtpReceiver receiver) {
        receivers[subscriber] = receiver;
    }

    /**
     * From now on told when each packet of one subscriber was sent, who is checked.
     *
     * @param payload bytes of media in a packet
     */
    void listen(int subscriber, LongConsumer stamps, int payload) {
        watched = subscriber;
        this.stamps = stamps;
        this.payload = payload;
    }

    /** Takes all that has come to the first so many subscribers. */
    void drain(int subscribers) {
        for (int i = 0; i < subscribers; i++) {
            drainOne(i);
        }
    }

    /** Takes all that has come to one subscriber. */
    void drainOne(int subscriber) {
        while (ports.get(subscriber).receive(batch) > 0) {
            for (int j = 0; j < batch.count(); j++) {
                take(subscriber, batch.offset(j), batch.length(j));
            }
        }
    }

    private void take(int subscriber, long offset, int length) {
        int kind = length < 2 ? 0 : Bytes.u8(batch.memory(), offset);
        int type = length < 2 ? 0 : Bytes.u8(batch.memory(), offset + 1);
        if (kind < 128 || kind > 191 || type >= 192 && type <= 223) {
            return;
        }
        received++;
        var receiver = receivers[subscriber];
        if (receiver != null && !isAuthentic(receiver, subscriber == watched, offset, length)) {
            wrong++;
        }
    }

    private boolean isAuthentic(SrtpReceiver receiver, boolean stamped, long offset, int length) {
        int plainLength = receiver.openRtp(batch.memory(), offset, length, plain, 0);
        boolean whole = plainLength > RtpPacket.FIXED_HEADER
                && Bytes.u8(plain, plainLength - 1L) == SyntheticStream.LAST_BYTE;
        if (whole && stamped && payload > 0) {
            stamps.accept(Bytes.i64(plain, plainLength - payload + (long) SyntheticStream.STAMP_OFFSET));
        }
        return whole;
    }

    /** Packets of RTP so far. */
    long received() {
        return received;
    }

    /** Packets of those who are checked that were not authentic, or not what was sent. */
    long wrong() {
        return wrong;
    }

    @Override
    public void close() {
        ports.forEach(UdpPort::close);
        arena.close();
    }
}
