package dev.parley.sfu.lane;

/**
 * Translates a lane's monotonic time to NTP time (RFC 3550, 4), fixed when the lane starts: sender reports must not jump when
 * somebody sets the machine's clock.
 *
 * @param epochAtZero nanoseconds since 1970 when the monotonic time was 0
 */
public record NtpTime(long epochAtZero) {
    private static final long NANOS = 1_000_000_000L;
    /** Seconds from 1900 to 1970. */
    private static final long NTP_TO_UNIX = 2_208_988_800L;

    /** The translation in which these two times are the same moment. */
    public static NtpTime at(long nanos, long epochNanos) {
        return new NtpTime(epochNanos - nanos);
    }

    /** NTP time: seconds since 1900 in the upper 32 bits, their fraction in the lower. */
    public long ntp(long nanos) {
        var epoch = epochAtZero + nanos;
        var seconds = Math.floorDiv(epoch, NANOS) + NTP_TO_UNIX;
        var fraction = (Math.floorMod(epoch, NANOS) << 32) / NANOS;
        return seconds << 32 | fraction;
    }
}
