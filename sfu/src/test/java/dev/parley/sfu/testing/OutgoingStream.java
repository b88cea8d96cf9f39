package dev.parley.sfu.testing;

import dev.parley.sfu.wire.rtcp.Nack;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the packets of one stream, and makes them again over RTX (RFC 4588) when the other side misses some. */
public final class OutgoingStream {
    private static final int HISTORY = 2_048;

    /** A packet as it was sent, to be sent again. */
    private record Sent(int sequence, long timestamp, boolean marker, byte[] payload) {}

    /** Takes what is to be sent. */
    interface Out {
        /**
         * One packet.
         *
         * @param original the sequence number that an RTX packet carries in front of the payload, or −1
         */
        void rtp(
                StreamSpec spec,
                boolean rtx,
                int sequence,
                long timestamp,
                boolean marker,
                int original,
                byte[] payload);
    }

    private final StreamSpec spec;
    private final SplittableRandom random;
    private final Sent[] history = new Sent[HISTORY];
    private final List<Long> keyFrameRequests = new ArrayList<>();
    private int sequence;
    private int rtxSequence;
    private long timestamp;
    private int frame;
    private boolean keyWanted = true;
    private long nextFrame = Long.MAX_VALUE;
    private int level = 30;
    private int largest = 1_100;
    private long packets;
    private long bytes;
    private long resent;
    private long nacked;

    OutgoingStream(StreamSpec spec, long seed) {
        this.spec = spec;
        random = new SplittableRandom(seed);
        // In the lower half, as senders should (RFC 3711 3.3.1): a receiver that misses the first packets takes the
        // first it sees for roll-over count 0.
        sequence = random.nextInt(1 << 15);
        rtxSequence = random.nextInt(1 << 15);
        timestamp = random.nextLong(1L << 32);
    }

    /** What it is. */
    public StreamSpec spec() {
        return spec;
    }

    /** Sends frames from now on, beginning with a key frame. */
    public void start(long now) {
        keyWanted = true;
        nextFrame = now;
    }

    /** Sends no more. */
    public void stop() {
        nextFrame = Long.MAX_VALUE;
    }

    /** Begins at this sequence number. */
    public OutgoingStream firstSequence(int first) {
        sequence = first;
        return this;
    }

    /** The audio level that packets carry from now on, 0 (loudest) to 127. */
    public void level(int changed) {
        level = changed;
    }

    /** The most payload bytes a packet from now on. */
    public void largestPayload(int changed) {
        largest = changed;
    }

    /** When key frames were asked for. */
    public List<Long> keyFrameRequests() {
        return List.copyOf(keyFrameRequests);
    }

    /** Frames sent. */
    public int frames() {
        return frame;
    }

    /** Packets sent, without those sent again. */
    public long packets() {
        return packets;
    }

    /** Packets sent again. */
    public long resent() {
        return resent;
    }

    /** Packets that the other side said it misses; each as often as it said so. */
    public long nacked() {
        return nacked;
    }

    long bytes() {
        return bytes;
    }

    long timestamp() {
        return timestamp;
    }

    int level() {
        return level;
    }

    long nextTimeout() {
        return nextFrame;
    }

    void timeout(long now, Out out) {
        while (now >= nextFrame) {
            sendFrame(out);
            nextFrame += spec.frameNanos();
        }
    }

    private void sendFrame(Out out) {
        boolean key = spec.video() && (keyWanted || frame % 300 == 0);
        int count = !spec.video() ? 1 : key ? random.nextInt(6, 12) : random.nextInt(1, 5);
        for (int index = 0; index < count; index++) {
            int size = spec.video() ? random.nextInt(100, largest - 40) : random.nextInt(60, 140);
            var payload = new SyntheticPayload(spec.video(), spec.content(), frame, index, count, key, size).bytes();
            send(new Sent(sequence, timestamp, spec.video() ? index == count - 1 : frame == 0, payload), out);
            sequence = sequence + 1 & 0xffff;
        }
        frame++;
        keyWanted = false;
        timestamp = timestamp + spec.frameNanos() * spec.clockRate() / 1_000_000_000L & 0xffff_ffffL;
    }

    private void send(Sent packet, Out out) {
        history[packet.sequence % HISTORY] = packet;
        packets++;
        bytes += packet.payload.length;
        out.rtp(spec, false, packet.sequence, packet.timestamp, packet.marker, -1, packet.payload);
    }

    void keyFrameRequested(long now) {
        keyFrameRequests.add(now);
        keyWanted = true;
    }

    void nacked(RtcpReader reader, Out out) {
        for (int entry = 0; entry < Nack.entries(reader); entry++) {
            int pid = Nack.pid(reader, entry);
            resend(pid, out);
            for (int bit = 0; bit < 16; bit++) {
                if ((Nack.blp(reader, entry) >>> bit & 1) == 1) {
                    resend(pid + 1 + bit & 0xffff, out);
                }
            }
        }
    }

    private void resend(int lost, Out out) {
        nacked++;
        var packet = history[lost % HISTORY];
        if (packet != null && packet.sequence == lost && spec.hasRtx()) {
            resent++;
            out.rtp(spec, true, rtxSequence, packet.timestamp, packet.marker, lost, packet.payload);
            rtxSequence = rtxSequence + 1 & 0xffff;
        }
    }
}
