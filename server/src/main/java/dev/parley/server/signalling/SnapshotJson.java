package dev.parley.server.signalling;

import dev.parley.server.room.Snapshot;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a snapshot. */
final class SnapshotJson {
    private SnapshotJson() {}

    /** For somebody who has just joined, and has nothing yet. */
    static ObjectNode joined(Snapshot snapshot) {
        var body = Json.object()
                .put("participantId", snapshot.self().id())
                .put("sessionToken", snapshot.sessionToken())
                .put("role", Json.text(snapshot.role()))
                .put("graceSeconds", snapshot.graceSeconds());
        body.set("room", Json.of(snapshot.room()));
        body.set("waiting", Json.MAPPER.valueToTree(snapshot.waiting()));
        body.set("hands", Json.MAPPER.valueToTree(snapshot.hands()));
        body.set("files", Json.of(snapshot.files()));
        body.set("routerRtpCapabilities", Json.of(snapshot.routerRtpCapabilities()));
        body.set("participants", Json.MAPPER.valueToTree(snapshot.participants()));
        body.set("chat", Json.MAPPER.valueToTree(snapshot.chat()));
        return body;
    }

    /** The same with what is still alive. */
    static ObjectNode resumed(Snapshot snapshot) {
        var body = joined(snapshot);
        var own = snapshot.own();
        body.set("transports", Json.MAPPER.valueToTree(own.transports()));
        body.set("producers", Json.MAPPER.valueToTree(own.producers()));
        body.set("consumers", Json.MAPPER.valueToTree(own.consumers()));
        body.set("pausedByHost", Json.MAPPER.valueToTree(own.pausedByHost()));
        return body;
    }
}
