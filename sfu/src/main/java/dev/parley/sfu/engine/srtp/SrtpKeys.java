package dev.parley.sfu.engine.srtp;

/**
 * The master keys and salts of both directions, as DTLS exported them (RFC 5764 4.2). The arrays are not copied:
 * whoever makes the keys hands them over.
 *
 * @param profile what was negotiated
 * @param localKey protects what this side sends
 * @param localSalt belongs to {@code localKey}
 * @param remoteKey protects what the other side sends
 * @param remoteSalt belongs to {@code remoteKey}
 */
public record SrtpKeys(
        SrtpProfile profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if a key or salt has not the profile's length
     */
    public SrtpKeys {
        check("key", profile.keyLength(), localKey, remoteKey);
        check("salt", profile.saltLength(), localSalt, remoteSalt);
    }

    private static void check(String what, int expected, byte[] local, byte[] remote) {
        if (local.length != expected || remote.length != expected) {
            throw new IllegalArgumentException("Master " + what + "s have " + local.length + " and " + remote.length
                    + " bytes; the profile needs " + expected);
        }
    }

    /** The same keys as the other side sees them. */
    public SrtpKeys mirrored() {
        return new SrtpKeys(profile, remoteKey, remoteSalt, localKey, localSalt);
    }

    /** Names the profile and keeps the keys to itself, so that a log line never holds them. */
    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
