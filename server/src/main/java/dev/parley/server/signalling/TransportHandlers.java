package dev.parley.server.signalling;

import dev.parley.server.room.OwnTransport;
import dev.parley.server.room.Participant;

/** Making and connecting transports. */
final class TransportHandlers {
    private final IceRenewal iceServers;

    TransportHandlers(IceRenewal iceServers) {
        this.iceServers = iceServers;
    }

    void handle(Connection connection, Request.OfTransport request, Answer answer) {
        var self = connection.self();
        switch (request) {
            case Request.CreateTransport create -> create(connection, create, answer);
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
                body.set("iceServers", iceServers.give(connection));
                answer.ok(body);
            }
        }
    }

    private void create(Connection connection, Request.CreateTransport create, Answer answer) {
        var self = connection.self();
        var media = self.room().media();
        media.checkRoomForTransport(self);
        var transport = self.room().router().createWebRtcTransport();
        media.add(
                self,
                create.receive()
                        .<OwnTransport>map(capabilities -> new OwnTransport.Receiving(transport, capabilities))
                        .orElseGet(() -> new OwnTransport.Sending(transport)));
        answer.ok(TransportJson.of(transport, iceServers.give(connection)));
    }

    private static OwnTransport own(Participant self, String id) {
        return self.room().media().transport(self, id);
    }
}
