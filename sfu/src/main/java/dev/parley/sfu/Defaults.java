package dev.parley.sfu;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a field of a record is when its JSON left it out: binders hand in null for a missing field, and the records
 * turn it into an empty value here, so that null goes no further.
 */
final class Defaults {
    private Defaults() {}

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** An unmodifiable copy that keeps the order, since it is seen again in JSON. */
    static Map<String, Object> map(@Nullable Map<String, Object> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> Optional<T> optional(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    static OptionalInt optional(@Nullable OptionalInt value) {
        return value == null ? OptionalInt.empty() : value;
    }

    static OptionalLong optional(@Nullable OptionalLong value) {
        return value == null ? OptionalLong.empty() : value;
    }
}
