package dev.parley.sfu;

import java.util.Objects;

/**
 * One RTCP feedback message that a codec is used with (RFC 4585), for example {@code nack} with parameter {@code pli}.
 *
 * @param type the feedback's type: nack, ccm, transport-cc, goog-remb
 * @param parameter the feedback's parameter; empty when it has none
 */
public record RtcpFeedback(String type, String parameter) {
    /** A missing parameter is the empty one. */
    public RtcpFeedback {
        Objects.requireNonNull(type, "type");
        parameter = Defaults.text(parameter);
    }

    /** A feedback message without a parameter. */
    public static RtcpFeedback of(String type) {
        return new RtcpFeedback(type, "");
    }
}
