package dev.parley.server.signalling;

import dev.parley.sfu.WebRtcTransport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A new transport as mediasoup-client takes it. */
final class TransportJson {
    private TransportJson() {}

    static ObjectNode of(WebRtcTransport transport, ArrayNode iceServers) {
        var body = Json.object().put("id", transport.id());
        body.set("iceParameters", Json.of(transport.iceParameters()));
        body.set("iceCandidates", Json.MAPPER.valueToTree(transport.iceCandidates()));
        body.set("dtlsParameters", Json.of(transport.dtlsParameters()));
        body.set("iceServers", iceServers);
        return body;
    }
}
