package dev.parley.sfu;

import java.util.Objects;

/**
 * The hash of a certificate (RFC 8122).
 *
 * @param algorithm {@code sha-1}, {@code sha-224}, {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param value upper-case hexadecimal bytes, separated by colons
 */
public record DtlsFingerprint(String algorithm, String value) {
    /** Both are needed. */
    public DtlsFingerprint {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(value, "value");
    }
}
