package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import dev.parley.sfu.wire.rtp.RtpPacket;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.MemorySegment;

/**
 * Fills a ring with media of our own instead of received packets, for participants without a browser. A forwarder on
 * this ring sends it with everything that forwarded media has: RTX, reports, header extensions. Single-threaded.
 */
public final class RtpSource {
    private static final int AUDIO_LEVEL_ID = 1;
    private static final RtpExtensionIds IDS = RtpExtensionIds.NONE.with(RtpExtension.AUDIO_LEVEL, AUDIO_LEVEL_ID);

    private final PacketRing ring;
    private final MediaClock clock = new MediaClock();
    private final RtpWriter writer = new RtpWriter();
    private final RtpPacket packet = new RtpPacket();
    private long sequence;

    /**
     * @param capacity slots, a power of two
     * @param firstSequence of the first packet; its lowest 16 bits go on the wire
     */
    public RtpSource(int capacity, long firstSequence) {
        ring = new PacketRing(capacity);
        sequence = firstSequence;
    }

    /** Where the packets are. */
    public PacketRing ring() {
        return ring;
    }

    /** For the forwarder: without reports, it takes the time at which a packet was written. */
    public MediaClock clock() {
        return clock;
    }

    /**
     * Adds a packet.
     *
     * @param timestamp in units of the clock rate; its lowest 32 bits count
     * @param keyFrame whether a key frame begins with it
     * @param audioLevel RFC 6464: 0 (loudest) – 127 (silence) −dBov, the highest bit for voice; −1 for none
     * @param length of the payload in bytes, at most 1500
     * @return its position in the ring
     */
    public long add(
            long now,
            long timestamp,
            boolean marker,
            boolean keyFrame,
            int audioLevel,
            MemorySegment payload,
            long payloadOffset,
            int length) {
        long at = ring.claim();
        var memory = ring.memory();
        writer.begin(memory, at, 0, marker, (int) sequence, timestamp, 0);
        if (audioLevel >= 0) {
            writer.beginExtensions(false);
            writer.extension8(AUDIO_LEVEL_ID, audioLevel);
        }
        int header = writer.finish();
        MemorySegment.copy(payload, payloadOffset, memory, at + header, length);
        if (!packet.wrap(memory, at, header + length)) {
            throw new IllegalArgumentException("Not an RTP packet: " + length + " bytes of payload");
        }
        return ring.publish(packet, sequence++, 0, keyFrame, IDS, now);
    }

    /** Lets go of the ring. */
    public void close() {
        ring.release();
    }
}
