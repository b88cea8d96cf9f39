package dev.parley.server.reach;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What one user relays with until it ends, by "A REST API for access to TURN services" (draft-uberti-behave-turn-rest),
 * which coturn calls {@code use-auth-secret}: nothing about users is kept anywhere.
 *
 * @param username when it ends, in seconds since 1970, a colon, and who it is
 * @param password Base64 of HMAC-SHA1 of the username
 */
public record TurnCredential(String username, String password) {
    private static final String MAC = "HmacSHA1"; // what TURN servers expect; forging it would take the secret

    /** Makes one for a user, who may be anybody, good until then. */
    public static TurnCredential of(TurnSecret secret, String user, Instant until) {
        var username = until.getEpochSecond() + ":" + user;
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.text().getBytes(StandardCharsets.UTF_8), MAC));
            var hash = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
            return new TurnCredential(username, Base64.getEncoder().encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA1", e);
        }
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "TurnCredential[" + username + "]";
    }
}
