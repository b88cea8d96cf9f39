package dev.parley.sfu.engine.stream;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.codec.PayloadFormat;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Streams and packets for tests: VP8 video with RTX, or Opus. */
public final class Media {
    public static final long SSRC = 0x11111111L;
    public static final long RTX_SSRC = 0x22222222L;
    public static final int PT = 96;
    public static final int RTX_PT = 97;
    public static final long MS = 1_000_000;
    public static final RtpExtensionIds IDS = RtpExtensionIds.NONE
            .with(RtpExtension.MID, 1)
            .with(RtpExtension.ABS_SEND_TIME, 2)
            .with(RtpExtension.TRANSPORT_CC, 3)
            .with(RtpExtension.VIDEO_ORIENTATION, 4)
            .with(RtpExtension.AUDIO_LEVEL, 5)
            .with(RtpExtension.DEPENDENCY_DESCRIPTOR, 6);

    private Media() {}

    public static RecvStreamConfig video() {
        return new RecvStreamConfig(
                SSRC, PT, OptionalLong.of(RTX_SSRC), OptionalInt.of(RTX_PT), PayloadFormat.VP8, 90_000, IDS, true,
                RecvStreamConfig.KeyFrameRequest.PLI, PacketRing.VIDEO_CAPACITY);
    }

    public static RecvStreamConfig audio() {
        return new RecvStreamConfig(
                SSRC, PT, OptionalLong.empty(), OptionalInt.empty(), PayloadFormat.OPAQUE, 48_000, IDS, false,
                RecvStreamConfig.KeyFrameRequest.NONE, PacketRing.AUDIO_CAPACITY);
    }

    public static RecvStream receiver(RecvStreamConfig config) {
        return new RecvStream(config, 1, new RemoteClock(), new DropCounters());
    }

    public static SendStreamConfig sendVideo(boolean rtx, int firstSequence) {
        return new SendStreamConfig(
                SSRC, PT, rtx ? OptionalLong.of(RTX_SSRC) : OptionalLong.empty(),
                rtx ? OptionalInt.of(RTX_PT) : OptionalInt.empty(), 90_000, "cname", Optional.of("7"), IDS, true, true,
                firstSequence, 65_530);
    }

    public static SendStreamConfig sendAudio() {
        return new SendStreamConfig(
                SSRC, PT, OptionalLong.empty(), OptionalInt.empty(), 48_000, "cname", Optional.of("0"), IDS, false,
                false, 65_530, 0);
    }

    /** One VP8 packet into a stream. @return what {@link RecvStream#receive} returned */
    public static long packet(RecvStream stream, long now, long sequence, long timestamp, boolean key) {
        return packet(stream, now, sequence, timestamp, key, 100);
    }

    /** One VP8 packet of some payload size; 0 is padding alone. */
    public static long packet(RecvStream stream, long now, long sequence, long timestamp, boolean key, int size) {
        long at = stream.ring().claim();
        var memory = stream.ring().memory();
        int header = header(memory, at, PT, (int) sequence, timestamp, SSRC);
        return stream.receive(now, header + payload(memory, at, header, sequence, key, size));
    }

    /** The same as a retransmission. */
    public static long rtx(RecvStream stream, long now, int rtxSequence, long sequence, long timestamp, boolean key) {
        long at = stream.ring().claim();
        var memory = stream.ring().memory();
        int header = header(memory, at, RTX_PT, rtxSequence, timestamp, RTX_SSRC);
        Bytes.put16(memory, at + header, (int) sequence);
        return stream.receive(now, header + 2 + payload(memory, at, header + 2, sequence, key, 100));
    }

    private static int header(MemorySegment memory, long at, int payloadType, int sequence, long timestamp, long ssrc) {
        var writer = new RtpWriter();
        writer.begin(memory, at, payloadType, true, sequence, timestamp, ssrc);
        writer.beginExtensions(false);
        writer.extension8(4, 3);
        return writer.finish();
    }

    private static int payload(MemorySegment memory, long at, int header, long sequence, boolean key, int size) {
        if (size == 0) {
            Bytes.put8(memory, at, Bytes.u8(memory, at) | 0x20);
            memory.asSlice(at + header, 50).fill((byte) 50);
            return 50;
        }
        memory.asSlice(at + header, size).fill((byte) sequence);
        Bytes.put8(memory, at + header, 0x10);
        Bytes.put8(memory, at + header + 1, key ? 0x10 : 0x11);
        Bytes.put32(memory, at + header + 2, (int) sequence);
        return size;
    }

    /** What a stream has to say now, as RTCP. */
    public static RtcpReader feedback(RecvStream stream, long now) {
        var memory = MemorySegment.ofArray(new byte[1200]);
        var writer = new RtcpWriter();
        writer.wrap(memory, 0, 1200);
        if (stream.nextTimeout() <= now) {
            stream.timeout(now, writer);
        }
        var reader = new RtcpReader();
        reader.wrap(memory, 0, writer.length());
        if (writer.length() == 0) {
            reader.wrap(memory, 0, 0);
        }
        return reader;
    }
}
