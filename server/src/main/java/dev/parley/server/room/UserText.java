package dev.parley.server.room;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cleans what people type, so that it can neither disguise itself on a screen nor forge a line in a log. */
public final class UserText {
    /** Code points of a name, at most. */
    public static final int MAX_NAME = 64;

    /** UTF-16 units of an emoji; families of several people are the longest. */
    private static final int MAX_EMOJI = 32;

    private static final int MAX_FILE_NAME = 150;
    private static final int KEYCAP = 0x20E3;
    /** One extended grapheme cluster (UAX 29): what people take for one character. */
    private static final Pattern ONE_CHARACTER = Pattern.compile("\\X");

    private UserText() {}

    /**
     * The name without control and bidirectional characters, spaces collapsed and trimmed, in NFC; empty when nothing
     * that can be seen is left, or when it is longer than {@link #MAX_NAME} code points.
     */
    public static Optional<String> name(String raw) {
        if (raw.length() > 1_000) {
            return Optional.empty(); // not worth normalising
        }
        var cleaned = new StringBuilder();
        Normalizer.normalize(raw, Normalizer.Form.NFC).codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                if (!cleaned.isEmpty() && cleaned.charAt(cleaned.length() - 1) != ' ') {
                    cleaned.append(' ');
                }
            } else if (!isHidden(c)) {
                cleaned.appendCodePoint(c);
            }
        });
        var name = cleaned.toString().strip();
        boolean visible = name.codePoints().anyMatch(UserText::isVisible);
        return visible && name.codePointCount(0, name.length()) <= MAX_NAME ? Optional.of(name) : Optional.empty();
    }

    /** A file's name: the last part of a path, cleaned like a name and shortened; {@code file} when nothing is left. */
    public static String fileName(String raw) {
        var last = raw.substring(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1);
        var cleaned = new StringBuilder();
        last.codePoints().limit(MAX_FILE_NAME).forEach(c -> {
            if (Character.isSpaceChar(c)) {
                cleaned.append(' ');
            } else if (!isHidden(c) && "<>:\"|?*".indexOf(c) < 0) {
                cleaned.appendCodePoint(c);
            }
        });
        var name = cleaned.toString().strip();
        return name.codePoints().anyMatch(UserText::isVisible) && !name.matches("\\.+") ? name : "file";
    }

    /** Whether it is one emoji and nothing else. */
    public static boolean isEmoji(String raw) {
        boolean pictured = raw.codePoints()
                .anyMatch(c -> Character.isExtendedPictographic(c) || isRegionalIndicator(c) || c == KEYCAP);
        boolean pure = raw.codePoints()
                .allMatch(c -> Character.isExtendedPictographic(c)
                        || Character.isEmojiComponent(c)
                        || isRegionalIndicator(c)
                        || c == KEYCAP);
        return raw.length() <= MAX_EMOJI && pictured && pure && ONE_CHARACTER.matcher(raw).matches();
    }

    private static boolean isRegionalIndicator(int c) {
        return c >= 0x1F1E6 && c <= 0x1F1FF;
    }

    /** The text without control characters but line breaks and tabs, trimmed; empty when nothing is left. */
    public static Optional<String> message(String raw) {
        var cleaned = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            boolean kept = c == '\n' || c == '\t' || !(Character.isISOControl(c) || isSurrogate(c));
            if (kept) {
                cleaned.appendCodePoint(c);
            }
        });
        var text = cleaned.toString().strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The text in quotes, on one line, printable characters only, shortened: for the log. */
    public static String quoted(String raw) {
        var out = new StringBuilder("\"");
        raw.codePoints().limit(MAX_NAME + 16).forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c == ' ' || (isVisible(c) && !isHidden(c))) {
                out.appendCodePoint(c);
            } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return out.append('"').toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> true;
        };
    }

    private static boolean isHidden(int c) {
        if (c == 0x200D || c == 0x200C) {
            return false; // joiners: emoji and several scripts need them
        }
        return switch (Character.getType(c)) {
            // FORMAT holds all bidirectional controls (UAX 9), the byte order mark and the tag characters.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean isSurrogate(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }
}
