package dev.parley.server.http;

import dev.parley.server.config.CertificateFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate as others see it: for looking at it, and for trusting it. */
public final class CertificateChain {
    private CertificateChain() {}

    /**
     * The certificates of a chain, the server's own first. Throws {@link dev.parley.server.config.ConfigException} when
     * files cannot be read or do not belong together.
     */
    public static List<X509Certificate> read(CertificateFiles files) {
        return PemFiles.read(files).chain();
    }

    /** A client's TLS that trusts whom Java trusts, and this chain. */
    public static SSLContext trust(Optional<CertificateFiles> files) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (var certificate : files.map(CertificateChain::read).orElse(List.of())) {
            store.setCertificateEntry("own-" + number++, certificate);
        }
        var usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        usual.init((KeyStore) null);
        for (var manager : usual.getTrustManagers()) {
            if (manager instanceof X509TrustManager trusted) {
                for (var issuer : trusted.getAcceptedIssuers()) {
                    store.setCertificateEntry("java-" + number++, issuer);
                }
            }
        }
        var all = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        all.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, all.getTrustManagers(), null);
        return context;
    }
}
