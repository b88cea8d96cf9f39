package dev.parley.sfu.wire.stun;

import dev.parley.sfu.wire.TransportAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A Binding message of STUN (RFC 8489, 5), parsed. Immutable.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |0 0|   message type (class,    |    length without this header |
 *   |   |   method)                 |    (a multiple of 4)          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  magic cookie  0x2112A442                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  transaction id (96 bits)                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  attribute type               |  length without padding       |  and so on
 *   |  value, padded to 32 bits                                     |
 * </pre>
 */
public final class StunMessage {
    private final byte[] bytes;
    private final StunType type;
    private final StunAttributes attributes;

    private StunMessage(byte[] bytes, StunType type, StunAttributes attributes) {
        this.bytes = bytes;
        this.type = type;
        this.attributes = attributes;
    }

    /** Whether a datagram is STUN by its first byte and magic cookie (RFC 7983, 7; RFC 8489, 5). */
    public static boolean isStun(byte[] datagram) {
        return datagram.length >= Stun.HEADER
                && (datagram[0] & 0xc0) == 0
                && Stun.i32(datagram, 4) == Stun.MAGIC_COOKIE;
    }

    /**
     * The USERNAME of a message, found without parsing the rest, so that a demultiplexer can find the transport.
     * Nothing is authenticated yet. Empty if there is none or the message is malformed before it.
     */
    public static Optional<String> usernameOf(byte[] datagram) {
        if (!isStun(datagram)) {
            return Optional.empty();
        }
        int at = Stun.HEADER;
        while (at + 4 <= datagram.length) {
            int length = Stun.u16(datagram, at + 2);
            if (length > datagram.length - at - 4) {
                return Optional.empty();
            }
            if (Stun.u16(datagram, at) == Stun.USERNAME) {
                return Optional.of(new String(datagram, at + 4, length, StandardCharsets.UTF_8));
            }
            at += 4 + Stun.padded(length);
        }
        return Optional.empty();
    }

    /** The part of the USERNAME before the colon: in a request that came to us, our own fragment. */
    public static Optional<String> localFragmentOf(byte[] datagram) {
        return usernameOf(datagram).flatMap(name -> {
            int colon = name.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(name.substring(0, colon));
        });
    }

    /**
     * A whole message. Empty if it is not a Binding message, its length is not the datagram's, an attribute is cut or
     * of a wrong size, or its FINGERPRINT is wrong. The integrity is not checked here: see {@link #hasIntegrity}.
     */
    public static Optional<StunMessage> parse(byte[] datagram) {
        if (!isStun(datagram)) {
            return Optional.empty();
        }
        var type = typeOf(Stun.u16(datagram, 0));
        int length = Stun.u16(datagram, 2);
        if (type == null || (length & 3) != 0 || length != datagram.length - Stun.HEADER) {
            return Optional.empty();
        }
        var copy = datagram.clone();
        return StunAttributes.parse(copy).map(attributes -> new StunMessage(copy, type, attributes));
    }

    private static @Nullable StunType typeOf(int code) {
        for (var type : StunType.values()) {
            if (type.code() == code) {
                return type;
            }
        }
        return null;
    }

    /** Which message of the Binding method it is. */
    public StunType type() {
        return type;
    }

    /** The 12 bytes that tie a response to its request. */
    public byte[] transactionId() {
        return Arrays.copyOfRange(bytes, 8, Stun.HEADER);
    }

    /** Whether MESSAGE-INTEGRITY is present and right under this key. */
    public boolean hasIntegrity(StunKey key) {
        return attributes.integrityAt() > 0 && key.verifies(bytes, attributes.integrityAt());
    }

    /** USERNAME. */
    public Optional<String> username() {
        return attributes.text(Stun.USERNAME);
    }

    /** SOFTWARE. */
    public Optional<String> software() {
        return attributes.text(Stun.SOFTWARE);
    }

    /** PRIORITY, 0–2^32−1. */
    public OptionalLong priority() {
        int at = attributes.valueOf(Stun.PRIORITY);
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(Stun.i32(bytes, at) & 0xffff_ffffL);
    }

    /** Whether the controlling peer nominates this pair. */
    public boolean useCandidate() {
        return attributes.valueOf(Stun.USE_CANDIDATE) >= 0;
    }

    /** The tie-breaker of a peer that takes itself for controlling; unsigned. */
    public OptionalLong iceControlling() {
        return tieBreaker(Stun.ICE_CONTROLLING);
    }

    /** The tie-breaker of a peer that takes itself for controlled; unsigned. */
    public OptionalLong iceControlled() {
        return tieBreaker(Stun.ICE_CONTROLLED);
    }

    /** XOR-MAPPED-ADDRESS. */
    public Optional<TransportAddress> xorMappedAddress() {
        int at = attributes.valueOf(Stun.XOR_MAPPED_ADDRESS);
        return at < 0 ? Optional.empty() : Optional.of(XorAddress.read(bytes, at));
    }

    /** ERROR-CODE, 300–699. */
    public OptionalInt errorCode() {
        int at = attributes.valueOf(Stun.ERROR_CODE);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of((bytes[at + 2] & 7) * 100 + bytes[at + 3]);
    }

    /** The attributes of this message that must be understood, and that we do not; each once (RFC 8489, 14). */
    public List<Integer> unknownRequired() {
        return attributes.unknownRequired();
    }

    /** UNKNOWN-ATTRIBUTES: what the peer did not understand. Empty if absent. */
    public List<Integer> unknownAttributes() {
        return attributes.numbers(Stun.UNKNOWN_ATTRIBUTES);
    }

    private OptionalLong tieBreaker(int attribute) {
        int at = attributes.valueOf(attribute);
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(Stun.i64(bytes, at));
    }
}
