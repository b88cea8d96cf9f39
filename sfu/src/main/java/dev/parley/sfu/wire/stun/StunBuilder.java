package dev.parley.sfu.wire.stun;

import dev.parley.sfu.wire.TransportAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes a Binding message of STUN; with FINGERPRINT, as ICE wants it (RFC 8445, 7.1.1), unless told otherwise. */
public final class StunBuilder {
    private static final int LARGEST = 1200;
    /** Holds a check, and its answer. */
    private static final int USUAL = 160;

    private byte[] bytes = new byte[USUAL];
    private int at = Stun.HEADER;

    /**
     * Begins a message.
     *
     * @param transactionId 12 bytes: random in a request, the request's own in a response
     */
    public StunBuilder(StunType type, byte[] transactionId) {
        if (transactionId.length != Stun.TRANSACTION_ID) {
            throw new IllegalArgumentException("a transaction id has 12 bytes, not " + transactionId.length);
        }
        Stun.put16(bytes, 0, type.code());
        Stun.put32(bytes, 4, Stun.MAGIC_COOKIE);
        System.arraycopy(transactionId, 0, bytes, 8, transactionId.length);
    }

    /** USERNAME: in a request the receiver's fragment, a colon, the sender's. */
    public StunBuilder username(String name) {
        return put(Stun.USERNAME, name.getBytes(StandardCharsets.UTF_8));
    }

    /** SOFTWARE. */
    public StunBuilder software(String name) {
        return put(Stun.SOFTWARE, name.getBytes(StandardCharsets.UTF_8));
    }

    /** PRIORITY, 0–2^32−1. */
    public StunBuilder priority(long priority) {
        return put(Stun.PRIORITY, ByteBuffer.allocate(4).putInt((int) priority).array());
    }

    /** USE-CANDIDATE. */
    public StunBuilder useCandidate() {
        return put(Stun.USE_CANDIDATE, new byte[0]);
    }

    /** ICE-CONTROLLING. */
    public StunBuilder iceControlling(long tieBreaker) {
        return put(Stun.ICE_CONTROLLING, ByteBuffer.allocate(8).putLong(tieBreaker).array());
    }

    /** ICE-CONTROLLED. */
    public StunBuilder iceControlled(long tieBreaker) {
        return put(Stun.ICE_CONTROLLED, ByteBuffer.allocate(8).putLong(tieBreaker).array());
    }

    /** XOR-MAPPED-ADDRESS. */
    public StunBuilder xorMappedAddress(TransportAddress address) {
        return put(Stun.XOR_MAPPED_ADDRESS, XorAddress.write(address, bytes));
    }

    /** ERROR-CODE, 300–699, with its reason phrase. */
    public StunBuilder errorCode(int code, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        var value = new byte[4 + text.length];
        value[2] = (byte) (code / 100);
        value[3] = (byte) (code % 100);
        System.arraycopy(text, 0, value, 4, text.length);
        return put(Stun.ERROR_CODE, value);
    }

    /** UNKNOWN-ATTRIBUTES. */
    public StunBuilder unknownAttributes(List<Integer> types) {
        var value = ByteBuffer.allocate(2 * types.size());
        types.forEach(type -> value.putShort(type.shortValue()));
        return put(Stun.UNKNOWN_ATTRIBUTES, value.array());
    }

    /** An attribute of any type, for what has no method here. */
    public StunBuilder attribute(int type, byte[] value) {
        return put(type, value);
    }

    /** The message with MESSAGE-INTEGRITY and FINGERPRINT. */
    public byte[] build(StunKey key) {
        // integrity() counts the header's length itself.
        put(Stun.MESSAGE_INTEGRITY, key.integrity(bytes, at));
        return build();
    }

    /** The message with nothing added: no integrity, no FINGERPRINT. */
    public byte[] buildPlain() {
        Stun.put16(bytes, 2, at - Stun.HEADER);
        return Arrays.copyOf(bytes, at);
    }

    /** The message with FINGERPRINT and without integrity. */
    public byte[] build() {
        Stun.put16(bytes, 2, at + 8 - Stun.HEADER);
        int crc = StunAttributes.fingerprint(bytes, at);
        put(Stun.FINGERPRINT, ByteBuffer.allocate(4).putInt(crc).array());
        return Arrays.copyOf(bytes, at);
    }

    private StunBuilder put(int type, byte[] value) {
        if (Stun.padded(value.length) > LARGEST - at - 4) {
            throw new IllegalStateException("a STUN message of over " + LARGEST + " bytes");
        }
        if (Stun.padded(value.length) > bytes.length - at - 4) {
            bytes = Arrays.copyOf(bytes, LARGEST);
        }
        Stun.put16(bytes, at, type);
        Stun.put16(bytes, at + 2, value.length);
        System.arraycopy(value, 0, bytes, at + 4, value.length);
        at += 4 + Stun.padded(value.length);
        return this;
    }
}
