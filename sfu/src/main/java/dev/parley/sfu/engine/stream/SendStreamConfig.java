package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What was negotiated for one stream that is sent.
 *
 * @param ssrc the media's SSRC
 * @param payloadType the media's payload type, 0–127
 * @param rtxSsrc the SSRC for retransmissions (RFC 4588); without one, packets are sent again as they were
 * @param rtxPayloadType their payload type; present if and only if the SSRC is
 * @param clockRate of the RTP timestamps, Hz
 * @param cname the canonical name in source descriptions: the same for all streams that are to be in sync
 * @param mid written to each packet when its extension was negotiated
 * @param extensions the ids to use
 * @param startsAtKeyFrame whether the receiver can only join at a key frame (video)
 * @param nack whether NACKs are answered
 * @param firstSequence of the media, 0–65535, drawn at random
 * @param firstRtxSequence of the retransmissions, 0–65535, drawn at random
 */
public record SendStreamConfig(
        long ssrc,
        int payloadType,
        OptionalLong rtxSsrc,
        OptionalInt rtxPayloadType,
        int clockRate,
        String cname,
        Optional<String> mid,
        RtpExtensionIds extensions,
        boolean startsAtKeyFrame,
        boolean nack,
        int firstSequence,
        int firstRtxSequence) {}
