package dev.parley.loadtest.signalling;

import dev.parley.loadtest.media.MediaTransport.Remote;
import dev.parley.sfu.engine.dtls.DtlsFingerprint;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.wire.TransportAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of transports in the JSON of signalling. */
final class TransportJson {
    private static final int MOST_CANDIDATES = 8;

    private TransportJson() {}

    /** What the answer to {@code createTransport} says of the server's end: IPv4 addresses where there are any. */
    static Remote remote(JsonNode answer) {
        var ice = answer.path("iceParameters");
        var fingerprints = new ArrayList<DtlsFingerprint>();
        for (var fingerprint : answer.path("dtlsParameters").path("fingerprints")) {
            DtlsFingerprint.parse(
                            fingerprint.path("algorithm").asString(""), fingerprint.path("value").asString(""))
                    .ifPresent(fingerprints::add);
        }
        return new Remote(
                new IceCredentials(
                        ice.path("usernameFragment").asString(""), ice.path("password").asString("")),
                candidates(answer.path("iceCandidates")),
                fingerprints);
    }

    private static List<TransportAddress> candidates(JsonNode list) {
        var all = list.valueStream()
                .filter(candidate -> candidate.path("protocol").asString("").equalsIgnoreCase("udp"))
                .sorted(Comparator.comparingLong((JsonNode candidate) -> candidate.path("priority").asLong())
                        .reversed())
                .map(TransportJson::address)
                .toList();
        var ipv4 = all.stream().filter(TransportAddress::isIpv4).limit(MOST_CANDIDATES).toList();
        return ipv4.isEmpty() ? all : ipv4;
    }

    private static TransportAddress address(JsonNode candidate) {
        var host = candidate.path("address").asString(candidate.path("ip").asString(""));
        return TransportAddress.of(InetAddress.ofLiteral(host), candidate.path("port").asInt());
    }

    /** From which local address the server's candidates are reached: any. */
    static InetAddress local(Remote remote) {
        boolean ipv4 = remote.candidates().stream().allMatch(TransportAddress::isIpv4);
        return InetAddress.ofLiteral(ipv4 ? "0.0.0.0" : "::");
    }

    /** Our {@code dtlsParameters}. */
    static ObjectNode dtlsParameters(List<DtlsFingerprint> own) {
        var parameters = SocketIo.object().put("role", "client");
        var list = parameters.putArray("fingerprints");
        for (var fingerprint : own) {
            list.addObject().put("algorithm", fingerprint.algorithm()).put("value", fingerprint.value());
        }
        return parameters;
    }
}
