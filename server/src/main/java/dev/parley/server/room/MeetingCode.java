package dev.parley.server.room;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;

/** The six digits that let somebody into a room. */
final class MeetingCode {
    private static final int CODES = 1_000_000;
    private static final int LENGTH = 6;

    private final String digits;

    private MeetingCode(String digits) {
        this.digits = digits;
    }

    /** Draws one of the million codes, each as likely as any other. */
    static MeetingCode random(SecureRandom random) {
        return new MeetingCode(String.format(Locale.ROOT, "%06d", random.nextInt(CODES)));
    }

    /**
     * One that was kept by {@link #digits}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static MeetingCode of(String digits) {
        if (digits.length() != LENGTH || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a meeting code has " + LENGTH + " digits");
        }
        return new MeetingCode(digits);
    }

    /** Compares in a time that does not depend on how many digits are right. */
    boolean matches(String attempt) {
        return MessageDigest.isEqual(
                digits.getBytes(StandardCharsets.UTF_8), attempt.getBytes(StandardCharsets.UTF_8));
    }

    /** The digits, for the room's creator and the disk only. */
    String digits() {
        return digits;
    }

    /** Keeps the code out of logs. */
    @Override
    public String toString() {
        return "MeetingCode[******]";
    }
}
