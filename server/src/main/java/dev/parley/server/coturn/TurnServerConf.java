package dev.parley.server.coturn;

import dev.parley.server.reach.TurnSecret;
import java.util.stream.Collectors;

/** Writes {@code turnserver.conf} for a plan. */
public final class TurnServerConf {
    /**
     * Allocations of one participant: two transports, by UDP, TCP and TLS, from several interfaces, twice at a restart.
     */
    private static final int USER_QUOTA = 48;
    /** Bytes a second and direction of one allocation: 20 Mbit/s, more than any participant sends or gets. */
    private static final int MOST_BYTES = 2_500_000;
    /** Bytes a second of all together: 2 Gbit/s. */
    private static final int CAPACITY = 250_000_000;

    private TurnServerConf() {}

    /** The file's text, which holds the secret. */
    public static String of(CoturnPlan plan, TurnSecret secret) {
        var ports = plan.ports();
        int relays = ports.lastRelayPort() - ports.firstRelayPort() + 1;
        return """
                # coturn's configuration for Parley, written by Parley. Start it as an ordinary user: turnserver -c THIS_FILE
                # It holds the secret: keep it readable by that user only.

                # --- Where clients reach it ---
                %slistening-port=%d
                %s
                # --- Who may use it ---
                # Credentials that end, made by Parley for each participant from the shared secret. There is no user= and no password in
                # any web page: one that leaks is of no use a little later. lt-cred-mech is what these credentials are used with.
                lt-cred-mech
                use-auth-secret
                static-auth-secret=%s
                realm=%s
                stale-nonce=600
                user-quota=%d
                total-quota=%d
                max-bps=%d
                bps-capacity=%d

                # --- What it relays ---
                # From one address and a port range of its own. Only the SFU is relayed to, so the range needs no hole in the firewall.
                relay-ip=%s
                min-port=%d
                max-port=%d
                %s
                # To the addresses of Parley's media port and to nothing else, neither in IPv4 nor in IPv6 (the second line also keeps
                # IPv4 addresses that are dressed up as IPv6 from slipping through: CVE-2020-26262, CVE-2026-27624).
                denied-peer-ip=0.0.0.0-255.255.255.255
                denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
                %s%sno-multicast-peers
                no-tcp-relay

                # --- Nothing else ---
                fingerprint
                no-cli
                no-software-attribute
                no-rfc5780
                no-stun-backward-compatibility
                response-origin-only-with-rfc5780
                no-dynamic-ip-list
                no-dynamic-realms
                no-auth-pings
                userdb=%s
                pidfile=%s
                log-file=stdout
                simple-log
                """
                .formatted(
                        lines("listening-ip=", plan.listen()),
                        ports.port(),
                        tls(plan),
                        secret.inConfiguration(),
                        plan.realm(),
                        USER_QUOTA,
                        relays,
                        MOST_BYTES,
                        CAPACITY,
                        plan.relay(),
                        ports.firstRelayPort(),
                        ports.lastRelayPort(),
                        external(plan),
                        plan.relaysOnLoopback()
                                ? "# The SFU listens on this machine alone: for trying things out.\nallow-loopback-peers\n"
                                : "",
                        lines("allowed-peer-ip=", plan.peers()),
                        plan.folder().resolve("turndb"),
                        plan.folder().resolve("turnserver.pid"));
    }

    private static String tls(CoturnPlan plan) {
        var port = plan.ports().tlsPort();
        if (plan.certificate().isEmpty() || port.isEmpty()) {
            return "# No --turn-tls-port: networks that let nothing but HTTPS out stay closed.\nno-tls\nno-dtls\n";
        }
        var files = plan.certificate().get();
        return "tls-listening-port=%d\ncert=%s\npkey=%s\nno-dtls\nno-tlsv1\nno-tlsv1_1\n"
                .formatted(port.get(), files.chain(), files.key());
    }

    private static String external(CoturnPlan plan) {
        return plan.publicAddress()
                .map(address -> """
                        # This machine is called otherwise outside. Relaying to that address stays inside the machine.
                        external-ip=%s/%s
                        """.formatted(address, plan.relay()))
                .orElse("# external-ip is for machines that are called otherwise outside; this one is not, as far as is known.\n");
    }

    private static String lines(String key, java.util.List<String> values) {
        return values.stream().map(value -> key + value + "\n").collect(Collectors.joining());
    }
}
