package dev.parley.sfu.testing;

import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import java.util.Optional;

/**
 * One RTP stream as both sides know it from signalling.
 *
 * @param video video (VP8, 90 kHz, 30 frames a second) or audio (Opus, 48 kHz, a packet each 20 ms)
 * @param content who it is: goes into every payload, so that a receiver can tell whose media it got
 * @param rtxPayloadType 0 without RTX
 * @param rtxSsrc meaningless without RTX
 * @param mid goes into the header extension, if there is one for it
 */
public record StreamSpec(
        boolean video,
        int content,
        long ssrc,
        int payloadType,
        long rtxSsrc,
        int rtxPayloadType,
        RtpExtensionIds extensions,
        Optional<String> mid) {
    /** A video stream with RTX. */
    public static StreamSpec video(int content, long ssrc, int payloadType, RtpExtensionIds extensions) {
        return new StreamSpec(
                true, content, ssrc, payloadType, ssrc + 1, payloadType + 1, extensions, Optional.empty());
    }

    /** An audio stream; nobody repairs it. */
    public static StreamSpec audio(int content, long ssrc, int payloadType, RtpExtensionIds extensions) {
        return new StreamSpec(false, content, ssrc, payloadType, 0, 0, extensions, Optional.empty());
    }

    /** Ticks of the RTP timestamp a second. */
    public int clockRate() {
        return video ? 90_000 : 48_000;
    }

    /** Time from one frame to the next. */
    public long frameNanos() {
        return video ? 33_333_333 : 20_000_000;
    }

    /** Whether lost packets can be asked for. */
    public boolean hasRtx() {
        return rtxPayloadType != 0;
    }

    /** The same stream with a MID. */
    public StreamSpec withMid(String changed) {
        return new StreamSpec(
                video, content, ssrc, payloadType, rtxSsrc, rtxPayloadType, extensions, Optional.of(changed));
    }
}
