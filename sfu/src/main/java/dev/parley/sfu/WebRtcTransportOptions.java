package dev.parley.sfu;

import java.time.Duration;

/**
 * Timers of one transport.
 *
 * @param connectTimeout a transport without an authenticated check and a finished handshake is closed after this, 1
 *     s–10 min
 * @param consentTimeout sending stops when no authenticated check came for this long (RFC 7675), 5 s–10 min
 * @param disconnectedTimeout a transport without consent is closed after this further time, 0–10 min
 */
public record WebRtcTransportOptions(Duration connectTimeout, Duration consentTimeout, Duration disconnectedTimeout) {
    /** Checks the ranges. */
    public WebRtcTransportOptions {
        check(connectTimeout, 1, "connect timeout");
        check(consentTimeout, 5, "consent timeout");
        check(disconnectedTimeout, 0, "disconnected timeout");
    }

    /** 30 s for each timer. */
    public static WebRtcTransportOptions defaults() {
        var half = Duration.ofSeconds(30);
        return new WebRtcTransportOptions(half, half, half);
    }

    /** A copy with another connect timeout. */
    public WebRtcTransportOptions withConnectTimeout(Duration timeout) {
        return new WebRtcTransportOptions(timeout, consentTimeout, disconnectedTimeout);
    }

    /** A copy with another consent timeout. */
    public WebRtcTransportOptions withConsentTimeout(Duration timeout) {
        return new WebRtcTransportOptions(connectTimeout, timeout, disconnectedTimeout);
    }

    /** A copy with another disconnected timeout. */
    public WebRtcTransportOptions withDisconnectedTimeout(Duration timeout) {
        return new WebRtcTransportOptions(connectTimeout, consentTimeout, timeout);
    }

    private static void check(Duration value, int leastSeconds, String name) {
        if (value.toSeconds() < leastSeconds || value.toSeconds() > 600) {
            throw new SfuException(
                    "invalid-parameters",
                    "The " + name + " of " + value + " is out of range: use " + leastSeconds + " to 600 seconds.");
        }
    }
}
