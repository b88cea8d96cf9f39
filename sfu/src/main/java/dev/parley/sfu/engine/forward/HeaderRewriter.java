package dev.parley.sfu.engine.forward;

import dev.parley.sfu.engine.stream.RingPacket;
import dev.parley.sfu.engine.stream.SendStreamConfig;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Writes outgoing RTP headers: the consumer's SSRC, payload type and extension ids, with the source's data where it is
 * kept.
 */
final class HeaderRewriter {
    /** What belongs to the media and is handed on as it is. */
    private static final RtpExtension[] KEPT = {
        RtpExtension.TIME_OFFSET,
        RtpExtension.VIDEO_ORIENTATION,
        RtpExtension.AUDIO_LEVEL,
        RtpExtension.ABS_CAPTURE_TIME,
        RtpExtension.DEPENDENCY_DESCRIPTOR
    };

    /** A longer one is not written: it would not fit next to a full payload. Ours have a few digits. */
    private static final int MAX_MID = 32;

    private final RtpWriter writer = new RtpWriter();
    private final int[] keptIds = new int[KEPT.length];
    private final MemorySegment mid;
    private final int midId;
    private final int sendTimeId;
    private final int transportId;
    private final boolean largeOwn;
    private final boolean hasOwn;

    HeaderRewriter(SendStreamConfig config) {
        for (int i = 0; i < KEPT.length; i++) {
            keptIds[i] = config.extensions().id(KEPT[i]);
        }
        mid = MemorySegment.ofArray(config.mid().orElse("").getBytes(StandardCharsets.UTF_8));
        midId = mid.byteSize() == 0 || mid.byteSize() > MAX_MID ? 0 : config.extensions().id(RtpExtension.MID);
        sendTimeId = config.extensions().id(RtpExtension.ABS_SEND_TIME);
        transportId = config.extensions().id(RtpExtension.TRANSPORT_CC);
        hasOwn = midId != 0 || sendTimeId != 0 || transportId != 0;
        largeOwn = midId > 14 || sendTimeId > 14 || transportId > 14 || midId != 0 && mid.byteSize() > 16;
    }

    /** Whether packets carry a transport-wide number. */
    boolean numbersTransport() {
        return transportId != 0;
    }

    /** Writes one header. @return its length in bytes */
    int write(
            MemorySegment out,
            long outOffset,
            RingPacket packet,
            MemorySegment source,
            int payloadType,
            int sequence,
            long timestamp,
            long ssrc,
            int sendTime,
            int transportNumber) {
        writer.begin(out, outOffset, payloadType, packet.marker(), sequence, timestamp, ssrc);
        boolean any = hasOwn;
        boolean twoByte = largeOwn;
        for (int i = 0; i < KEPT.length; i++) {
            int length = keptIds[i] == 0 ? -1 : packet.extensionLength(KEPT[i]);
            any |= length >= 0;
            twoByte |= length == 0 || length > 16 || length > 0 && keptIds[i] > 14;
        }
        if (any) {
            writer.beginExtensions(twoByte);
            writeOwn(sendTime, transportNumber);
            writeKept(packet, source);
        }
        return writer.finish();
    }

    private void writeOwn(int sendTime, int transportNumber) {
        if (midId != 0) {
            writer.extension(midId, mid, 0, (int) mid.byteSize());
        }
        if (sendTimeId != 0) {
            writer.extension24(sendTimeId, sendTime);
        }
        if (transportId != 0) {
            writer.extension16(transportId, transportNumber);
        }
    }

    private void writeKept(RingPacket packet, MemorySegment source) {
        for (int i = 0; i < KEPT.length; i++) {
            long offset = keptIds[i] == 0 ? -1 : packet.extensionOffset(KEPT[i]);
            if (offset >= 0) {
                writer.extension(keptIds[i], source, offset, packet.extensionLength(KEPT[i]));
            }
        }
    }
}
