package dev.parley.sfu.wire;

/** NTP timestamps (RFC 3550, section 4): 32 bits of seconds since 1900, 32 bits of fraction. */
public final class Ntp {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Ntp() {}

    /** The NTP timestamp of an instant. @param nanos nanoseconds since 1970, UTC */
    public static long ofUnixNanos(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND) + SECONDS_1900_TO_1970;
        long fraction = (Math.floorMod(nanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        return seconds << 32 | fraction;
    }

    /** Nanoseconds since 1900 of an NTP timestamp of the present era; only differences mean anything. */
    public static long toNanos(long ntp) {
        return (ntp >>> 32) * NANOS_PER_SECOND + ((ntp & 0xffff_ffffL) * NANOS_PER_SECOND >>> 32);
    }

    /** The middle 32 bits, as in LSR: units of 1/65536 s. */
    public static long compact(long ntp) {
        return ntp >>> 16 & 0xffff_ffffL;
    }

    /** A duration in units of 1/65536 s, as in DLSR. @param nanos 0 or more */
    public static long compactDuration(long nanos) {
        return (nanos / NANOS_PER_SECOND << 16) + (nanos % NANOS_PER_SECOND << 16) / NANOS_PER_SECOND & 0xffff_ffffL;
    }

    /** Nanoseconds of a duration in units of 1/65536 s. */
    public static long compactToNanos(long compact) {
        return compact * NANOS_PER_SECOND >> 16;
    }
}
