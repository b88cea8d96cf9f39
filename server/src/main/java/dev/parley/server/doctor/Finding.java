package dev.parley.server.doctor;

/**
 * A line of the doctor's report.
 *
 * @param check which check; stable, for programs
 * @param status what it came to
 * @param text what was found, a sentence
 * @param cause why that is so or may be so; empty when all is well
 * @param cure what to do about it; empty when all is well
 */
public record Finding(String check, Status status, String text, String cause, String cure) {
    /** What a check came to. */
    public enum Status {
        /** As it should be. */
        OK,
        /** Works, but not for everybody or not for ever. */
        WARN,
        /** Somebody cannot connect because of this. */
        FAIL,
        /** Not looked at, for another check failed or nothing is configured. */
        SKIP
    }

    static Finding ok(String check, String text) {
        return new Finding(check, Status.OK, text, "", "");
    }

    static Finding skip(String check, String text) {
        return new Finding(check, Status.SKIP, text, "", "");
    }

    static Finding warn(String check, String text, String cause, String cure) {
        return new Finding(check, Status.WARN, text, cause, cure);
    }

    static Finding fail(String check, String text, String cause, String cure) {
        return new Finding(check, Status.FAIL, text, cause, cure);
    }
}
