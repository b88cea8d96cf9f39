package dev.parley.sfu.engine.dtls;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads big-endian numbers and vectors of TLS (RFC 5246, 4.3) and cannot run off the end: a read past it gives zero or
 * nothing and makes {@link #isDone} false for good, here and in the reader that this one was cut from. So a parser may
 * read a whole structure and ask once.
 */
final class ByteReader {
    private static final byte[] NOTHING = new byte[0];

    private final byte[] bytes;
    private final int end;
    private final @Nullable ByteReader parent;
    private int at;
    private boolean failed;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length, null);
    }

    private ByteReader(byte[] bytes, int from, int end, @Nullable ByteReader parent) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.parent = parent;
    }

    /** Whether every byte was read, and no read went past the end. */
    boolean isDone() {
        return !failed && at == end;
    }

    /** Whether no read went past the end yet. */
    boolean isSound() {
        return !failed;
    }

    int remaining() {
        return end - at;
    }

    int u8() {
        return advance(1) ? bytes[at - 1] & 0xff : 0;
    }

    int u16() {
        return advance(2) ? (bytes[at - 2] & 0xff) << 8 | bytes[at - 1] & 0xff : 0;
    }

    int u24() {
        return u8() << 16 | u16();
    }

    long u48() {
        return (long) u24() << 24 | u24();
    }

    byte[] bytes(int length) {
        return advance(length) ? Arrays.copyOfRange(bytes, at - length, at) : NOTHING;
    }

    /** The opaque value whose length the next byte tells. */
    byte[] opaque8() {
        return bytes(u8());
    }

    /** The opaque value whose length the next two bytes tell. */
    byte[] opaque16() {
        return bytes(u16());
    }

    /** The opaque value whose length the next three bytes tell. */
    byte[] opaque24() {
        return bytes(u24());
    }

    /** A reader of the vector whose length the next byte tells. */
    ByteReader vector8() {
        return cut(u8());
    }

    /** A reader of the vector whose length the next two bytes tell. */
    ByteReader vector16() {
        return cut(u16());
    }

    /** A reader of the vector whose length the next three bytes tell. */
    ByteReader vector24() {
        return cut(u24());
    }

    /** What is left as 16-bit numbers. */
    int[] numbers16() {
        var numbers = new int[remaining() / 2];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = u16();
        }
        if (remaining() > 0) {
            fail();
        }
        return numbers;
    }

    private ByteReader cut(int length) {
        return advance(length)
                ? new ByteReader(bytes, at - length, at, this)
                : new ByteReader(NOTHING, 0, 0, this);
    }

    private boolean advance(int length) {
        if (length > end - at) {
            fail();
            return false;
        }
        at += length;
        return true;
    }

    private void fail() {
        failed = true;
        at = end;
        if (parent != null) {
            parent.fail();
        }
    }
}
