package dev.parley.server.room;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A secret of many random bits, of which only the SHA-256 hash is kept. */
final class Secret {
    private final byte[] hash;

    private Secret(byte[] hash) {
        this.hash = hash;
    }

    static Secret of(String text) {
        return new Secret(hash(text));
    }

    /** One that was kept by {@link #hashText}. Throws {@link IllegalArgumentException} when it is none. */
    static Secret ofHash(String hashText) {
        return new Secret(Base64.getDecoder().decode(hashText));
    }

    /** Compares in a time that does not depend on how much is right. */
    boolean matches(String attempt) {
        return MessageDigest.isEqual(hash, hash(attempt));
    }

    /** What may be written to a disk: nobody can get back to the secret from it. */
    String hashText() {
        return Base64.getEncoder().encodeToString(hash);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
