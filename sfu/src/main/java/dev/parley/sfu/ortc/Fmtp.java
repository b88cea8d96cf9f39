package dev.parley.sfu.ortc;

import java.util.Map;
import java.util.OptionalInt;

/** Reads format parameters, whose values come as numbers or as text depending on who parsed the SDP. */
final class Fmtp {
    private Fmtp() {}

    /** A whole number; empty when it is missing or is not one. */
    static OptionalInt number(Map<String, Object> parameters, String name) {
        var value = parameters.get(name);
        if (value instanceof Number number && number.doubleValue() == number.intValue()) {
            return OptionalInt.of(number.intValue());
        }
        if (value instanceof String text && text.matches("\\d{1,9}")) {
            return OptionalInt.of(Integer.parseInt(text));
        }
        return OptionalInt.empty();
    }

    /** The value as text; the fallback when it is missing. */
    static String text(Map<String, Object> parameters, String name, String fallback) {
        var value = parameters.get(name);
        return value == null ? fallback : value.toString();
    }
}
