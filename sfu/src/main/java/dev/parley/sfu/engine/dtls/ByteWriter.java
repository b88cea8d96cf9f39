package dev.parley.sfu.engine.dtls;

import java.util.Arrays;

/** Writes big-endian numbers and vectors of TLS (RFC 5246, 4.3), growing as needed. */
final class ByteWriter {
    private byte[] bytes = new byte[128];
    private int length;

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    ByteWriter u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    ByteWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    ByteWriter u24(int value) {
        return u8(value >>> 16).u16(value);
    }

    ByteWriter u48(long value) {
        return u24((int) (value >>> 24)).u24((int) value);
    }

    ByteWriter bytes(byte[] value) {
        return bytes(value, 0, value.length);
    }

    ByteWriter bytes(byte[] value, int from, int count) {
        reserve(count);
        System.arraycopy(value, from, bytes, length, count);
        length += count;
        return this;
    }

    ByteWriter opaque8(byte[] value) {
        return u8(value.length).bytes(value);
    }

    ByteWriter opaque16(byte[] value) {
        return u16(value.length).bytes(value);
    }

    ByteWriter opaque24(byte[] value) {
        return u24(value.length).bytes(value);
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
