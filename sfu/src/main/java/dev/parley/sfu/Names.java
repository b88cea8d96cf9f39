package dev.parley.sfu;

import dev.parley.sfu.engine.DropCounters;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Names in statistics. */
final class Names {
    private Names() {}

    /** Counted drops under lower-case names such as {@code producer-paused}. */
    static Map<String, Long> ofDrops(DropCounters drops) {
        var named = new TreeMap<String, Long>();
        drops.snapshot()
                .forEach((reason, count) ->
                        named.put(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
        return named;
    }
}
