package dev.parley.server.doctor;

import dev.parley.server.config.ConfigException;
import dev.parley.server.config.IceUrl;
import dev.parley.server.coturn.CoturnPlan;
import dev.parley.server.http.CertificateChain;
import dev.parley.server.reach.TurnCredential;
import dev.parley.server.reach.TurnSecret;
import dev.parley.server.stun.StunQuery;
import dev.parley.server.stun.TurnClient;
import dev.parley.server.stun.TurnException;
import dev.parley.sfu.Sfu;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Whether each STUN and TURN server that clients are told of does for them what it is there for. */
final class TurnChecks {
    private static final String NONE = "turn";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration GOOD_FOR = Duration.ofMinutes(2);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Subject subject;
    private final TurnSecret secret;

    private TurnChecks(Subject subject, TurnSecret secret) {
        this.subject = subject;
        this.secret = secret;
    }

    static List<Finding> all(Subject subject) {
        var config = subject.config();
        if (subject.noCoturn().isPresent()) {
            return List.of(Finding.fail(NONE, "There is no coturn of our own.",
                    String.valueOf(subject.noCoturn().get().getMessage()), "Install coturn: \"apt-get install coturn\"."));
        }
        var urls = config.reach().coturn().run()
                ? CoturnPlan.of(config, subject.announced(), Sfu.machineAddresses(config.listenAddresses())).urls()
                : config.reach().turnUrls();
        if (urls.isEmpty()) {
            return List.of(Finding.skip(NONE, "No TURN server is configured: who is behind a firewall that lets nothing but"
                    + " HTTPS out does not get in (--with-coturn, --turn-url)."));
        }
        if (subject.mediaPort().isEmpty()) {
            return List.of(Finding.skip(NONE, "There is no media port to relay to, see above."));
        }
        try {
            var checks = new TurnChecks(subject, urls.stream().anyMatch(IceUrl::relays) ? subject.secret() : TurnSecret.none());
            var findings = new ArrayList<Finding>();
            urls.forEach(url -> findings.add(checks.look(url)));
            return findings;
        } catch (ConfigException e) {
            return List.of(Finding.fail(NONE, "There is no secret to make credentials with.", String.valueOf(e.getMessage()),
                    "Give the TURN server's static-auth-secret by --turn-secret-file."));
        }
    }

    private Finding look(IceUrl url) {
        var id = url.text();
        try {
            var server = new InetSocketAddress(InetAddress.getByName(url.hostName()), url.port());
            if (!url.relays()) {
                if (url.tls()) {
                    return Finding.skip(id, "STUN over TLS is not looked at.");
                }
                StunQuery.ask(server, TIMEOUT);
                return Finding.ok(id, "It answers.");
            }
            return relay(url, server);
        } catch (UnknownHostException e) {
            return Finding.fail(id, "There is no host " + url.hostName() + ".", "The name is wrong, or the name service fails.",
                    "Give the TURN server's right name by --turn-url.");
        } catch (TurnException e) {
            return refused(id, e);
        } catch (SSLException e) {
            return Finding.fail(id, "TLS fails: " + e.getMessage() + ".",
                    "Its certificate has ended, is for another name, or is not trusted; browsers refuse it as well.",
                    "Give coturn a trusted certificate for that name (cert= and pkey=).");
        } catch (IOException e) {
            return Finding.fail(id, "It does not answer: " + e.getMessage() + ".",
                    "coturn does not run there, or a firewall is in between.",
                    "Start coturn, and open port " + url.port() + " (" + (url.transport().equals("udp") ? "UDP" : "TCP") + ").");
        }
    }

    private Finding relay(IceUrl url, InetSocketAddress server) throws IOException {
        var credential = TurnCredential.of(secret, "doctor", Instant.now().plus(GOOD_FOR));
        try (var client = client(url, server, credential)) {
            var relayed = client.allocate();
            IOException failure = new IOException("no announced address is of the relay's IP version");
            for (var address : subject.announced()) {
                var peer = new InetSocketAddress(InetAddress.ofLiteral(address), subject.mediaPort().orElseThrow());
                if (peer.getAddress().getClass() != relayed.getAddress().getClass()) {
                    continue;
                }
                try {
                    client.permit(peer);
                    client.ask(peer);
                    return Finding.ok(url.text(), "It relays to media port " + peer.getPort() + " at " + address + ".");
                } catch (SocketTimeoutException e) {
                    failure = e;
                } catch (TurnException e) {
                    failure = failure instanceof SocketTimeoutException ? failure : e;
                }
            }
            if (failure instanceof TurnException refusal) {
                throw refusal;
            }
            return Finding.fail(url.text(), "It gives relays, but media does not answer through them.",
                    "The TURN server cannot reach the media port at an announced address: " + failure.getMessage() + ".",
                    "Open UDP port " + subject.mediaPort().orElseThrow() + " for the TURN server; on the same machine use the"
                            + " configuration of ./run coturn-config.");
        }
    }

    private TurnClient client(IceUrl url, InetSocketAddress server, TurnCredential credential) throws IOException {
        var name = credential.username();
        var password = credential.password();
        if (url.tls()) {
            return TurnClient.tls(server, url.hostName(), trust(), name, password, TIMEOUT);
        }
        return url.transport().equals("tcp")
                ? TurnClient.tcp(server, name, password, TIMEOUT)
                : TurnClient.udp(server, name, password, TIMEOUT);
    }

    /** Those whom Java trusts, and the operator's own certificate, of which another line tells. */
    private SSLContext trust() throws IOException {
        try {
            return CertificateChain.trust(subject.config().certificate());
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS", e);
        }
    }

    private static Finding refused(String id, TurnException e) {
        return switch (e.code()) {
            case UNAUTHORIZED -> Finding.fail(id, "It refuses the credentials.",
                    "Its static-auth-secret is another one than in --turn-secret-file, or its clock differs from this one's.",
                    "Give both the same secret (./run coturn-config writes coturn's configuration), and compare the clocks.");
            case FORBIDDEN -> Finding.fail(id, "It does not relay to the media port.",
                    "Its configuration denies the announced address: " + e.getMessage() + ".",
                    "allowed-peer-ip must name the announced addresses: ./run coturn-config writes it.");
            default -> Finding.fail(id, "It gives no relay.", String.valueOf(e.getMessage()) + ".",
                    "486 and 508 mean that its quota or its relay ports are used up; its log says more.");
        };
    }
}
