package dev.parley.sfu.lane;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map from SSRCs (32 bits unsigned) without boxing: open addressing with linear probing. An SSRC comes from the
 * network, so it is mixed with a secret before it is hashed; nobody can choose SSRCs that all meet in one place.
 *
 * @param <T> the values
 */
public final class SsrcMap<T> {
    private static final int FIRST_CAPACITY = 16;

    private final int secret;
    private long[] keys = new long[FIRST_CAPACITY];
    private @Nullable Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    /** An empty map. @param secret random, and told to nobody */
    public SsrcMap(int secret) {
        this.secret = secret;
    }

    /** What an SSRC stands for. */
    public @Nullable T get(long ssrc) {
        for (var i = home(ssrc); values[i] != null; i = next(i)) {
            if (keys[i] == ssrc) {
                return value(i);
            }
        }
        return null;
    }

    /** Puts or replaces an entry. */
    public void put(long ssrc, T value) {
        if ((size + 1) * 2 > keys.length) {
            grow();
        }
        var i = home(ssrc);
        while (values[i] != null && keys[i] != ssrc) {
            i = next(i);
        }
        size += values[i] == null ? 1 : 0;
        keys[i] = ssrc;
        values[i] = value;
    }

    /** Removes an entry and closes the gap, so that later entries of the same run are still found. */
    public void remove(long ssrc) {
        var gap = home(ssrc);
        while (values[gap] != null && keys[gap] != ssrc) {
            gap = next(gap);
        }
        if (values[gap] == null) {
            return;
        }
        size--;
        for (var i = next(gap); values[i] != null; i = next(i)) {
            if ((i - home(keys[i]) & keys.length - 1) >= (i - gap & keys.length - 1)) {
                keys[gap] = keys[i];
                values[gap] = values[i];
                gap = i;
            }
        }
        values[gap] = null;
    }

    int size() {
        return size;
    }

    /** All values, in no order. Cold paths only: it allocates. */
    List<T> values() {
        var all = new ArrayList<T>(size);
        for (var i = 0; i < keys.length; i++) {
            var value = value(i);
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private @Nullable T value(int i) {
        return (T) values[i];
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = Arrays.copyOf(keys, keys.length * 2);
        values = new Object[keys.length];
        size = 0;
        for (var i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                @SuppressWarnings("unchecked")
                var value = (T) oldValues[i];
                put(oldKeys[i], value);
            }
        }
    }

    private int home(long ssrc) {
        var mixed = ((int) ssrc ^ secret) * 0x9e37_79b9;
        return (mixed ^ mixed >>> 16) & keys.length - 1;
    }

    private int next(int i) {
        return i + 1 & keys.length - 1;
    }
}
