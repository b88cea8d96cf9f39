package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserTextTest {
    @Test
    void trimsANameAndCollapsesItsSpaces() {
        assertEquals(Optional.of("Ada Lovelace"), UserText.name("  Ada \t\u00a0\n Lovelace\u3000"));
    }

    @Test
    void takesControlAndBidirectionalCharactersOutOfAName() {
        assertEquals(Optional.of("Adagod"), UserText.name("A\u0000d\u001ba\u202egod\u2066\u200f\ufeff\u061c"));
    }

    @Test
    void keepsEmojiAndForeignScripts() {
        var family = "\ud83d\udc69\u200d\ud83d\udc67";
        assertEquals(Optional.of(family + " \u0645\u0631\u06cc\u0645"), UserText.name(family
                + " \u0645\u0631\u06cc\u0645"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u0000\u0001", "\u200d\u200c", "\u202e", "\u0301", "\ud800", "\u2028"})
    void refusesANameWithNothingToSee(String name) {
        assertEquals(Optional.empty(), UserText.name(name));
    }

    @Test
    void countsTheCharactersOfANameAsPeopleDo() {
        assertTrue(UserText.name("\ud83d\ude00".repeat(64)).isPresent());
        assertTrue(UserText.name("\ud83d\ude00".repeat(65)).isEmpty());
        assertTrue(UserText.name(" ".repeat(100) + "x".repeat(64)).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"👍", "❤️", "👩‍👧", "🇩🇪", "👋🏽", "1️⃣", "🏴‍☠️", "👨‍👩‍👧‍👦"})
    void knowsOneEmoji(String emoji) {
        assertTrue(UserText.isEmoji(emoji));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "#", "a", "👍👍", "👍a", "ok", "<b>", "\u200d", "️", " 👍", "\ud83d"})
    void knowsWhatIsNoSingleEmoji(String text) {
        assertFalse(UserText.isEmoji(text));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "report.pdf, report.pdf",
        "../../etc/passwd, passwd",
        "C:\\temp\\a.txt, a.txt",
        "a\u202egpj.exe, agpj.exe",
        "..., file",
        "/, file",
        "Über uns.txt, Über uns.txt",
        "a<b>:c?.txt, abc.txt",
    })
    void makesAFileNameHarmless(String raw, String name) {
        assertEquals(name, UserText.fileName(raw));
        assertTrue(UserText.fileName(raw.repeat(100)).length() <= 300);
    }

    @Test
    void keepsLineBreaksInAMessageAndNoOtherControls() {
        assertEquals(Optional.of("a\nb\tc<script>"), UserText.message(" a\nb\tc\u0007\u001b\u0085<script>\r\n"));
        assertEquals(Optional.empty(), UserText.message(" \n\u0000 "));
    }

    @Test
    void quotesAnythingOnOneLineOfPrintableCharacters() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var text = random.ints(random.nextInt(30), 0, 0x3000)
                    .collect(StringBuilder::new, (b, c) -> b.append((char) c), StringBuilder::append)
                    .toString();
            var quoted = UserText.quoted(text);
            assertFalse(quoted.codePoints().anyMatch(Character::isISOControl), quoted);
            assertFalse(quoted.substring(1, quoted.length() - 1).replace("\\\\", "").replace("\\\"", "")
                    .contains("\""));
            UserText.name(text).ifPresent(name ->
                    assertFalse(name.chars().anyMatch(c -> c < ' ' || (c >= 0x202a && c <= 0x202e)), name));
        }
        assertEquals("\"a\\\"\\u{a}\\u{202e}b\"", UserText.quoted("a\"\n\u202eb"));
    }
}
