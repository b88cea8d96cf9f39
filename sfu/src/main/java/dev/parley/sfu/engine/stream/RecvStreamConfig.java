package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.codec.PayloadFormat;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What was negotiated for one encoding that is received.
 *
 * @param ssrc the media's SSRC
 * @param payloadType the media's payload type, 0–127
 * @param rtxSsrc the SSRC of its retransmissions (RFC 4588), if there is one
 * @param rtxPayloadType their payload type; present if and only if the SSRC is
 * @param clockRate of the RTP timestamps, Hz
 * @param extensions the ids that the sender uses
 * @param nack whether lost packets are asked for again
 * @param keyFrameRequest how a key frame is asked for
 * @param ringCapacity slots, a power of two: {@link PacketRing#VIDEO_CAPACITY} or {@link PacketRing#AUDIO_CAPACITY}
 */
public record RecvStreamConfig(
        long ssrc,
        int payloadType,
        OptionalLong rtxSsrc,
        OptionalInt rtxPayloadType,
        PayloadFormat format,
        int clockRate,
        RtpExtensionIds extensions,
        boolean nack,
        KeyFrameRequest keyFrameRequest,
        int ringCapacity) {
    /** The RTCP message that asks for a key frame. */
    public enum KeyFrameRequest {
        /** There is none (audio). */
        NONE,
        /** Picture loss indication. */
        PLI,
        /** Full intra request. */
        FIR
    }
}
