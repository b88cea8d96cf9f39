package dev.parley.sfu.wire.stun;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Where the attributes of one message stand. Made only if every one is whole and of a size that its type allows. */
final class StunAttributes {
    /** More than any ICE message carries; bounds the work on a datagram full of empty attributes. */
    private static final int MAX_ATTRIBUTES = 32;

    private static final int NONE = -1;

    private final byte[] bytes;
    private final int[] types = new int[MAX_ATTRIBUTES];
    private final int[] offsets = new int[MAX_ATTRIBUTES];
    private final List<Integer> unknownRequired = new ArrayList<>(0);
    private int count;
    private int integrityAt = NONE;

    private StunAttributes(byte[] bytes) {
        this.bytes = bytes;
    }

    static Optional<StunAttributes> parse(byte[] message) {
        var attributes = new StunAttributes(message);
        int at = Stun.HEADER;
        while (at < message.length) {
            if (message.length - at < 4 || attributes.count == MAX_ATTRIBUTES) {
                return Optional.empty();
            }
            int type = Stun.u16(message, at);
            int length = Stun.u16(message, at + 2);
            if (Stun.padded(length) > message.length - at - 4 || !attributes.take(type, at, length)) {
                return Optional.empty();
            }
            at += 4 + Stun.padded(length);
        }
        return Optional.of(attributes);
    }

    /**
     * The offset of an attribute's value, or −1. The first of a type counts (RFC 8489, 14).
     */
    int valueOf(int type) {
        for (int i = 0; i < count; i++) {
            if (types[i] == type) {
                return offsets[i] + 4;
            }
        }
        return NONE;
    }

    /** The offset of MESSAGE-INTEGRITY's header, or −1. */
    int integrityAt() {
        return integrityAt;
    }

    List<Integer> unknownRequired() {
        return List.copyOf(unknownRequired);
    }

    Optional<String> text(int type) {
        int at = valueOf(type);
        return at < 0
                ? Optional.empty()
                : Optional.of(new String(bytes, at, Stun.u16(bytes, at - 2), StandardCharsets.UTF_8));
    }

    List<Integer> numbers(int type) {
        int at = valueOf(type);
        var numbers = new ArrayList<Integer>();
        for (int i = 0; at >= 0 && i + 1 < Stun.u16(bytes, at - 2); i += 2) {
            numbers.add(Stun.u16(bytes, at + i));
        }
        return numbers;
    }

    private boolean take(int type, int at, int length) {
        if (type == Stun.FINGERPRINT) {
            // It is the last attribute, or it is not a fingerprint of this message (RFC 8489, 14.7).
            return length == 4 && at + 8 == bytes.length && fingerprintIsRight(at);
        }
        if (integrityAt != NONE) {
            // What follows MESSAGE-INTEGRITY is not authenticated and must be ignored (RFC 8489, 14.5).
            return true;
        }
        if (!lengthIsRight(type, at, length)) {
            return false;
        }
        types[count] = type;
        offsets[count] = at;
        count++;
        if (type == Stun.MESSAGE_INTEGRITY) {
            integrityAt = at;
        }
        return true;
    }

    private boolean lengthIsRight(int type, int at, int length) {
        return switch (type) {
            case Stun.USERNAME -> length <= 513;
            case Stun.MESSAGE_INTEGRITY -> length == Stun.INTEGRITY_LENGTH;
            case Stun.ERROR_CODE -> length >= 4 && errorCodeIsRight(at + 4);
            case Stun.UNKNOWN_ATTRIBUTES -> (length & 1) == 0;
            case Stun.XOR_MAPPED_ADDRESS -> XorAddress.isRight(bytes, at + 4, length);
            case Stun.PRIORITY -> length == 4;
            case Stun.USE_CANDIDATE -> length == 0;
            case Stun.ICE_CONTROLLED, Stun.ICE_CONTROLLING -> length == 8;
            case Stun.SOFTWARE -> length <= 763;
            default -> {
                // Types below 0x8000 must be understood, the others may be ignored (RFC 8489, 14).
                if (type < 0x8000 && type != Stun.MESSAGE_INTEGRITY_SHA256 && !unknownRequired.contains(type)) {
                    unknownRequired.add(type);
                }
                yield true;
            }
        };
    }

    private boolean errorCodeIsRight(int value) {
        int hundreds = bytes[value + 2] & 7;
        return hundreds >= 3 && hundreds <= 6 && bytes[value + 3] >= 0 && bytes[value + 3] <= 99;
    }

    private boolean fingerprintIsRight(int at) {
        return Stun.i32(bytes, at + 4) == fingerprint(bytes, at);
    }

    /** The CRC-32 of all before the attribute, the header's length already counting it (RFC 8489, 14.7). */
    static int fingerprint(byte[] message, int attributeAt) {
        var crc = new CRC32();
        crc.update(message, 0, attributeAt);
        return (int) crc.getValue() ^ Stun.FINGERPRINT_XOR;
    }
}
