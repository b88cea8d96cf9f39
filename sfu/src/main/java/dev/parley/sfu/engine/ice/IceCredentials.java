package dev.parley.sfu.engine.ice;

import java.security.SecureRandom;

/**
 * A user-name fragment and password of ICE.
 *
 * @param usernameFragment 4–256 characters of ALPHA, DIGIT, "+" and "/" (RFC 8839, 5.4)
 * @param password 22–256 characters of the same set
 */
public record IceCredentials(String usernameFragment, String password) {
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int FRAGMENT_LENGTH = 16;
    private static final int PASSWORD_LENGTH = 32;

    /** Fresh credentials: 96 bits in the fragment (so that no two transports meet), 192 in the password. */
    public static IceCredentials generate(SecureRandom random) {
        return new IceCredentials(text(random, FRAGMENT_LENGTH), text(random, PASSWORD_LENGTH));
    }

    private static String text(SecureRandom random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "IceCredentials[usernameFragment=" + usernameFragment + ", password=(hidden)]";
    }
}
