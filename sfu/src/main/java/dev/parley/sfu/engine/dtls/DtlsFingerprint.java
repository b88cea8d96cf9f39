package dev.parley.sfu.engine.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The hash of a certificate as SDP and mediasoup's JSON write it (RFC 8122, 5).
 *
 * @param algorithm {@code sha-1}, {@code sha-224}, {@code sha-256}, {@code sha-384} or {@code sha-512}, lower case
 * @param value the hash as upper-case hex pairs with colons between them
 */
public record DtlsFingerprint(String algorithm, String value) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    /**
     * Takes either case and normalises it.
     *
     * @throws IllegalArgumentException if the algorithm is none of the five, or the value is not a hash of its length;
     *     for text from outside use {@link #parse}
     */
    public DtlsFingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
        int length = hashLength(algorithm);
        if (length < 0) {
            throw new IllegalArgumentException("the algorithms are sha-1, sha-224, sha-256, sha-384 and sha-512");
        }
        if (value.length() != length * 3 - 1 || COLONS.parseHex(value).length != length) {
            throw new IllegalArgumentException(
                    "a " + algorithm + " fingerprint is " + length + " hex pairs with colons between them");
        }
    }

    /** A fingerprint from outside, or empty if it is malformed or of an algorithm that we do not take. */
    public static Optional<DtlsFingerprint> parse(String algorithm, String value) {
        try {
            return Optional.of(new DtlsFingerprint(algorithm, value));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The fingerprint of a DER-encoded certificate. */
    public static DtlsFingerprint of(String algorithm, byte[] certificate) {
        return new DtlsFingerprint(algorithm, COLONS.formatHex(hash(algorithm, certificate)));
    }

    /** Whether a DER-encoded certificate has this fingerprint; takes the same time wherever they differ. */
    boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(COLONS.parseHex(value), hash(algorithm, certificate));
    }

    /** How much we trust the algorithm; greater is better (RFC 8122, 5: only the best offered one is compared). */
    int strength() {
        return hashLength(algorithm);
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no " + algorithm, missing);
        }
    }

    private static int hashLength(String algorithm) {
        return switch (algorithm) {
            case "sha-1" -> 20;
            case "sha-224" -> 28;
            case "sha-256" -> 32;
            case "sha-384" -> 48;
            case "sha-512" -> 64;
            default -> -1;
        };
    }
}
