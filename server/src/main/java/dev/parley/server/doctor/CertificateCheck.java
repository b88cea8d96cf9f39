package dev.parley.server.doctor;

import dev.parley.server.config.AddressRange;
import dev.parley.server.config.CertificateFiles;
import dev.parley.server.config.ConfigException;
import dev.parley.server.http.CertificateChain;
import java.net.URI;
import java.nio.file.Files;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether browsers will take the certificate, now and for some time. */
final class CertificateCheck {
    private static final String ID = "certificate";
    private static final Duration SOON = Duration.ofDays(14);
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private CertificateCheck() {}

    static List<Finding> look(Subject subject, Machine machine) {
        var config = subject.config();
        var own = new CertificateFiles(
                config.dataDirectory().resolve("certificate.pem"), config.dataDirectory().resolve("key.pem"));
        if (config.certificate().isEmpty() && !(Files.exists(own.chain()) && Files.exists(own.key()))) {
            return List.of(Finding.ok(ID, "None is given; the server makes a self-signed one at its first start."));
        }
        try {
            var certificate = CertificateChain.read(config.certificate().orElse(own)).getFirst();
            return List.of(look(certificate, config.certificate().isPresent(), config.publicUrl().map(URI::getHost), machine));
        } catch (ConfigException e) {
            return List.of(Finding.fail(ID, "The certificate cannot be used.", String.valueOf(e.getMessage()),
                    "Give a PEM file with the chain by --certificate, and its key by --key."));
        }
    }

    private static Finding look(X509Certificate certificate, boolean given, Optional<String> host, Machine machine) {
        var now = machine.now();
        var end = certificate.getNotAfter().toInstant();
        var renew = given
                ? "Renew it (\"certbot renew\"); the server takes the new files by itself."
                : "Delete certificate.pem and key.pem in the data folder and start the server again.";
        if (end.isBefore(now)) {
            return Finding.fail(ID, "It ended on " + end + ".", "It was not renewed; browsers refuse it.", renew);
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
            return Finding.fail(ID, "It is good from " + certificate.getNotBefore().toInstant() + " only.",
                    "It was made with a clock that is ahead of this one, or this one is behind.", "Compare both clocks.");
        }
        if (host.isPresent() && !isFor(certificate, host.get())) {
            return Finding.fail(ID, "It is not for " + host.get() + ", which --public-url names, but for " + names(certificate)
                    + ".", "It is another name's; browsers refuse it.",
                    given ? "Get one for that name, or give its name by --public-url." : renew);
        }
        if (end.isBefore(now.plus(SOON))) {
            return Finding.warn(ID, "It ends on " + end + ".", "It is not renewed by itself, or that fails.", renew);
        }
        if (host.isPresent() && isSelfSigned(certificate)) {
            return Finding.warn(ID, "It is self-signed, though --public-url is given.",
                    "Browsers warn everybody, and phones may not let people go on.",
                    "Get one that is trusted, from Let's Encrypt for example, and give it by --certificate and --key.");
        }
        return Finding.ok(ID, "It is for " + names(certificate) + ", until " + end + ".");
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static String names(X509Certificate certificate) {
        var names = alternatives(certificate).stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        return names.isEmpty() ? "no name at all" : String.join(", ", names.subList(0, Math.min(5, names.size())));
    }

    /** RFC 6125: a whole name, or one whose first label is a star. */
    private static boolean isFor(X509Certificate certificate, String host) {
        var literal = AddressRange.literal(host);
        for (var alternative : alternatives(certificate)) {
            var name = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
            int kind = alternative.getFirst() instanceof Integer number ? number : 0;
            boolean same = kind == ADDRESS
                    ? literal.isPresent() && literal.equals(AddressRange.literal(name))
                    : kind == DNS && (name.equals(host) || isUnderStar(name, host));
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnderStar(String pattern, String host) {
        int dot = host.indexOf('.');
        return dot > 0 && pattern.startsWith("*.") && pattern.substring(1).equals(host.substring(dot));
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
