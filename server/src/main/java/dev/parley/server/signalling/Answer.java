package dev.parley.server.signalling;

import dev.parley.server.room.RoomException;
import dev.parley.socketio.EventCall;
import tools.jackson.databind.node.ObjectNode;

/** The way to answer one request; only the first answer counts. */
final class Answer {
    private final EventCall call;

    Answer(EventCall call) {
        this.call = call;
    }

    /** Done, with nothing to tell. */
    void ok() {
        ok(Json.object());
    }

    /** Done: these fields and {@code ok: true}. */
    void ok(ObjectNode fields) {
        call.ack(fields.put("ok", true));
    }

    /** Not done. */
    void error(RoomException why) {
        call.ack(Json.object().put("ok", false).put("code", why.code()).put("message", why.getMessage()));
    }
}
