package dev.parley.server.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * What the server proves who it is with.
 *
 * @param chain the server's own certificate first
 * @param key its private key
 */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    static final char[] NO_PASSWORD = new char[0];

    TlsIdentity {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Whether nobody but the server itself vouches for it. */
    boolean selfSigned() {
        return certificate().getIssuerX500Principal().equals(certificate().getSubjectX500Principal());
    }

    /** SHA-256, for people to compare. */
    String fingerprint() throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }

    KeyStore toKeyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("parley", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        return store;
    }
}
