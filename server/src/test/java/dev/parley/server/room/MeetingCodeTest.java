package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

final class MeetingCodeTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void hasSixDigitsLeadingZerosIncluded() {
        var first = new HashSet<Character>();
        for (int i = 0; i < 2_000; i++) {
            var digits = MeetingCode.random(random).digits();
            assertTrue(digits.matches("[0-9]{6}"), digits);
            first.add(digits.charAt(0));
        }
        assertTrue(first.size() == 10, "every first digit comes up: " + first);
    }

    @Test
    void matchesItselfOnly() {
        var code = MeetingCode.random(random);
        assertTrue(code.matches(code.digits()));
        assertFalse(code.matches(""));
        assertFalse(code.matches(code.digits() + "0"));
        assertFalse(code.matches(" " + code.digits()));
        var other = (char) ('0' + (code.digits().charAt(5) - '0' + 1) % 10);
        assertFalse(code.matches(code.digits().substring(0, 5) + other));
    }

    @Test
    void keepsItsDigitsOutOfText() {
        var code = MeetingCode.random(random);
        assertFalse(code.toString().contains(code.digits()));
    }
}
