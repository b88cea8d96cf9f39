package dev.parley.server.signalling;

import dev.parley.server.room.OwnTransport;
import dev.parley.server.room.Participant;

/** Making and connecting transports. */
final class TransportHandlers {
    void handle(Participant self, Request.OfTransport request, Answer answer) {
        switch (request) {
            case Request.CreateTransport create -> create(self, create, answer);
            case Request.ConnectTransport connect -> {
                own(self, connect.transportId()).transport().connect(connect.dtlsParameters());
                answer.ok();
            }
            case Request.CloseTransport close -> {
                self.room().media().closeTransport(self, close.transportId());
                answer.ok();
            }
            case Request.RestartIce restart -> {
                var parameters = own(self, restart.transportId()).transport().restartIce();
                var body = Json.object();
                body.set("iceParameters", Json.of(parameters));
                answer.ok(body);
            }
        }
    }

    private static void create(Participant self, Request.CreateTransport create, Answer answer) {
        var media = self.room().media();
        media.checkRoomForTransport(self);
        var transport = self.room().router().createWebRtcTransport();
        media.add(
                self,
                create.receive()
                        .<OwnTransport>map(capabilities -> new OwnTransport.Receiving(transport, capabilities))
                        .orElseGet(() -> new OwnTransport.Sending(transport)));
        var body = Json.object().put("id", transport.id());
        body.set("iceParameters", Json.of(transport.iceParameters()));
        body.set("iceCandidates", Json.MAPPER.valueToTree(transport.iceCandidates()));
        body.set("dtlsParameters", Json.of(transport.dtlsParameters()));
        body.putArray("iceServers");
        answer.ok(body);
    }

    private static OwnTransport own(Participant self, String id) {
        return self.room().media().transport(self, id);
    }
}
