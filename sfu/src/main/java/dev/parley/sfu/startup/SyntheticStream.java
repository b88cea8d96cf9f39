package dev.parley.sfu.startup;

import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sends a stream of SRTP with empty content as a client does, for warming up and for benchmarks: frames of VP8, or
 * single packets of Opus, with transport-wide numbers.
 */
public final class SyntheticStream {
    /** Its SSRC. */
    public static final long SSRC = 0x1000_0000L;
    /** Its payload types. */
    public static final int VIDEO_TYPE = 96;

    public static final int AUDIO_TYPE = 111;
    /** The id of the transport-wide number's extension. */
    public static final int TRANSPORT_CC_ID = 5;
    /** How each payload ends, so that a receiver can look whether it is whole. */
    public static final byte LAST_BYTE = 0x5a;

    /** Where in a payload {@link #stamp} writes, behind what describes the codec. */
    public static final int STAMP_OFFSET = 2;

    private static final int KEY_FRAME_EVERY = 300;
    private static final int VIDEO_STEP = 3_000;
    private static final int AUDIO_STEP = 960;

    private final OutBatch out;
    private final TransportAddress to;
    private final SrtpSender srtp;
    private final boolean video;
    private final boolean extended;
    private final int payload;
    private final MemorySegment media;
    private final RtpWriter writer = new RtpWriter();
    private int sequence;
    private long frame;

    /**
     * A stream before its first packet.
     *
     * @param arena for a packet's media
     * @param out where datagrams go; who calls sends it
     * @param extended whether packets carry a header extension: the transport-wide number
     * @param payload bytes of media in a packet, 12 to 1400
     */
    public SyntheticStream(
            Arena arena,
            OutBatch out,
            TransportAddress to,
            SrtpSender srtp,
            boolean video,
            boolean extended,
            int payload) {
        this.out = out;
        this.to = to;
        this.srtp = srtp;
        this.video = video;
        this.extended = extended;
        this.payload = payload;
        media = arena.allocate(payload, 64);
        media.set(ValueLayout.JAVA_BYTE, payload - 1L, LAST_BYTE);
    }

    /** The packets that follow carry this number, so that who receives them knows when they were sent. */
    public void stamp(long value) {
        Bytes.put64(media, STAMP_OFFSET, value);
    }

    /** Queues one packet of a frame that has so many. @param index from 0; the last one ends the frame */
    public void packet(int index, int packets) {
        boolean last = index == packets - 1;
        long at = out.claim();
        writer.begin(
                out.memory(),
                at,
                video ? VIDEO_TYPE : AUDIO_TYPE,
                last,
                sequence,
                frame * (video ? VIDEO_STEP : AUDIO_STEP),
                SSRC);
        if (extended) {
            writer.beginExtensions(false);
            writer.extension16(TRANSPORT_CC_ID, sequence);
        }
        int header = writer.finish();
        // VP8 (RFC 7741, 4.2): whether a frame begins, and in its first packet whether it is a key frame.
        media.set(ValueLayout.JAVA_BYTE, 0, (byte) (index == 0 ? 0x10 : 0));
        media.set(ValueLayout.JAVA_BYTE, 1, (byte) (frame % KEY_FRAME_EVERY == 0 ? 0x10 : 0x11));
        out.commit(to, 0, srtp.sealRtp(out.memory(), at, header, 0, media, 0, payload));
        sequence = sequence + 1 & 0xffff;
        frame += last ? 1 : 0;
    }
}
