package dev.parley.server.coturn;

import dev.parley.server.config.AddressRange;
import dev.parley.server.config.CertificateFiles;
import dev.parley.server.config.IceUrl;
import dev.parley.server.config.ReachConfig.CoturnConfig;
import dev.parley.server.config.ServerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a coturn does for a server on the same machine.
 *
 * @param listen literal addresses that clients reach it at
 * @param relay literal address that it relays from
 * @param peers literal addresses of the media port, the only ones that it relays to; of the relay's IP version
 * @param publicAddress what {@code relay} is called outside, where that is another address (1:1 NAT)
 * @param hosts what clients call it: a name, or an address of each IP version, IPv6 in brackets
 * @param realm for its credentials
 * @param ports its ports
 * @param certificate for TLS
 * @param folder of its files
 */
public record CoturnPlan(
        List<String> listen,
        String relay,
        List<String> peers,
        Optional<String> publicAddress,
        List<String> hosts,
        String realm,
        CoturnConfig ports,
        Optional<CertificateFiles> certificate,
        Path folder) {
    /** Takes copies of the lists. */
    public CoturnPlan {
        listen = List.copyOf(listen);
        peers = List.copyOf(peers);
        hosts = List.copyOf(hosts);
    }

    /**
     * The plan for a server.
     *
     * @param announced the addresses that clients are told to send media to, preferred first
     * @param machine the machine's own addresses at which it listens, preferred first
     */
    public static CoturnPlan of(ServerConfig config, List<String> announced, List<String> machine) {
        var relay = preferred(machine);
        boolean v6 = relay.contains(":");
        var peers = Stream.concat(announced.stream(), machine.stream())
                .filter(address -> address.contains(":") == v6)
                .filter(address -> isLoopback(relay) || !isLoopback(address))
                .distinct()
                .toList();
        var outside = announced.stream()
                .filter(address -> address.contains(":") == v6 && !machine.contains(address))
                .filter(address -> !isLoopback(address))
                .findFirst();
        var name = config.publicUrl().map(URI::getHost);
        return new CoturnPlan(
                machine,
                relay,
                peers,
                outside,
                name.map(List::of).orElseGet(() -> ofEachVersion(announced)),
                name.filter(host -> host.matches("[A-Za-z0-9.-]{1,120}")).orElse("parley"),
                config.reach().coturn(),
                config.certificate().filter(files -> config.reach().coturn().tlsPort().isPresent()),
                folder(config));
    }

    /** Where the files of a server's coturn are. */
    public static Path folder(ServerConfig config) {
        return config.dataDirectory().resolve("coturn");
    }

    /** The secret that it shares with the server: the operator's, or one of its own. */
    public static Path secretFile(ServerConfig config) {
        return config.reach().turnSecretFile().orElseGet(() -> folder(config).resolve("secret"));
    }

    /** What clients are told, the cheapest way first. */
    public List<IceUrl> urls() {
        var texts = new ArrayList<String>();
        for (var host : hosts) {
            texts.add("turn:" + host + ":" + ports.port() + "?transport=udp");
            texts.add("turn:" + host + ":" + ports.port() + "?transport=tcp");
            if (certificate.isPresent()) {
                ports.tlsPort().ifPresent(port -> texts.add("turns:" + host + ":" + port + "?transport=tcp"));
            }
        }
        return texts.stream().map(text -> IceUrl.parse(text).orElseThrow()).toList();
    }

    boolean relaysOnLoopback() {
        return isLoopback(relay);
    }

    private static String preferred(List<String> machine) {
        return machine.stream()
                .filter(address -> !address.contains(":") && !isLoopback(address))
                .findFirst()
                .or(() -> machine.stream().filter(address -> !isLoopback(address)).findFirst())
                .or(() -> machine.stream().findFirst())
                .orElse("127.0.0.1");
    }

    private static boolean isLoopback(String address) {
        return AddressRange.literal(address).filter(literal -> literal.isLoopbackAddress()).isPresent();
    }

    /** The preferred address of each IP version; loopback only when there is nothing else. */
    private static List<String> ofEachVersion(List<String> announced) {
        boolean outside = announced.stream().anyMatch(address -> !isLoopback(address));
        var usable = announced.stream().filter(address -> !outside || !isLoopback(address)).toList();
        return Stream.concat(
                        usable.stream().filter(address -> !address.contains(":")).limit(1),
                        usable.stream().filter(address -> address.contains(":")).limit(1).map(v6 -> "[" + v6 + "]"))
                .toList();
    }
}
