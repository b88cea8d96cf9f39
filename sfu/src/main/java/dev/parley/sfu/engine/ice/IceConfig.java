package dev.parley.sfu.engine.ice;

import java.time.Duration;

/**
 * The times and limits of ICE.
 *
 * @param consentTimeout how long after the last authenticated check from a pair we may still send to it
 *     (RFC 7675, 5.1: 30 s)
 * @param closeAfter how long after the last authenticated check the transport is given up; more than consentTimeout
 * @param connectTimeout how long a transport may wait for its first authenticated check
 * @param maxTuples how many remote addresses are remembered at once, 2 or more: the one in use is never displaced
 */
public record IceConfig(Duration consentTimeout, Duration closeAfter, Duration connectTimeout, int maxTuples) {
    /** Refuses values that make no sense: not positive, or closing before consent ends. */
    public IceConfig {
        if (!consentTimeout.isPositive() || !connectTimeout.isPositive() || maxTuples < 2) {
            throw new IllegalArgumentException("ICE timeouts must be positive, and maxTuples 2 or more");
        }
        if (closeAfter.compareTo(consentTimeout) <= 0) {
            throw new IllegalArgumentException("closeAfter must be longer than consentTimeout");
        }
    }

    /** Consent 30 s, closed at 60 s, never connected 30 s, 8 remote addresses. */
    public static IceConfig defaults() {
        return new IceConfig(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(30), 8);
    }
}
