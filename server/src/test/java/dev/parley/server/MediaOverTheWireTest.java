package dev.parley.server;

import static dev.parley.server.testing.Answers.code;
import static dev.parley.server.testing.Answers.ok;
import static dev.parley.server.testing.SocketIoClient.json;
import static dev.parley.server.testing.SocketIoClient.object;
import static dev.parley.server.testing.Streams.produce;
import static dev.parley.server.testing.Streams.receiveTransport;
import static dev.parley.server.testing.Streams.sendTransport;
import static dev.parley.server.testing.Streams.vp8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.TestServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Signalling of media; that media then flows is proven with real browsers. */
final class MediaOverTheWireTest {
    @TempDir
    private static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("PARLEY_MAX_PRODUCERS", "3"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void describesATransportAsMediasoupClientWantsIt() {
        var ada = server.join(server.room(), "Ada");
        var transport = ok(ada.client().request("createTransport", object("direction", "send")));
        assertTrue(transport.at("/iceParameters/iceLite").booleanValue());
        assertFalse(transport.at("/iceParameters/usernameFragment").stringValue().isEmpty());
        assertFalse(transport.at("/iceParameters/password").stringValue().isEmpty());
        var candidate = transport.at("/iceCandidates/0");
        assertEquals("udp", candidate.get("protocol").stringValue());
        assertEquals("host", candidate.get("type").stringValue());
        assertEquals(server.parley().mediaPort(), candidate.get("port").intValue());
        assertEquals("auto", transport.at("/dtlsParameters/role").stringValue());
        assertEquals("sha-256", transport.at("/dtlsParameters/fingerprints/0/algorithm").stringValue());
        assertEquals(0, transport.get("iceServers").size());
        var restarted = ok(ada.client().request("restartIce", object("transportId", transport.get("id"))));
        assertFalse(restarted.at("/iceParameters/password").equals(transport.at("/iceParameters/password")));
    }

    @Test
    void connectsATransportOnce() {
        var ada = server.join(server.room(), "Ada");
        var connect = object(
                "transportId", sendTransport(ada),
                "dtlsParameters", json("""
                        {'role':'client','fingerprints':[{'algorithm':'sha-256','value':'%s'}]}"""
                        .formatted("AB:".repeat(31) + "AB")));
        ok(ada.client().request("connectTransport", connect));
        assertEquals("request/invalid", code(ada.client().request("connectTransport", connect)));
    }

    @Test
    void passesAStreamFromOneToTheOthers() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var bob = server.join(room, "Bob");
        var producer = ok(produce(ada, sendTransport(ada), "camera")).get("producerId").stringValue();
        var told = bob.client().event("newProducer");
        assertEquals(ada.id(), told.get("participantId").stringValue());
        assertEquals(
                object("id", producer, "kind", "video", "source", "camera", "paused", false), told.get("producer"));

        var late = server.join(room, "Late");
        var listed = late.joined().get("participants").valueStream()
                .filter(p -> p.get("id").stringValue().equals(ada.id()))
                .findFirst()
                .orElseThrow();
        assertEquals(told.get("producer"), listed.at("/producers/0"));

        var consumer = ok(late.client().request(
                "consume", object("transportId", receiveTransport(late), "producerId", producer)));
        assertEquals(producer, consumer.get("producerId").stringValue());
        assertEquals("video", consumer.get("kind").stringValue());
        assertEquals("simple", consumer.get("type").stringValue());
        assertFalse(consumer.get("producerPaused").booleanValue());
        assertEquals("video/VP8", consumer.at("/rtpParameters/codecs/0/mimeType").stringValue());
        assertTrue(consumer.at("/rtpParameters/encodings/0/ssrc").longValue() > 0);
        var id = object("consumerId", consumer.get("consumerId"));
        for (var request : List.of("resumeConsumer", "requestKeyFrame", "pauseConsumer")) {
            ok(late.client().request(request, id));
        }
        var stats = ok(late.client().request("getStats", id));
        assertEquals("outbound-rtp", stats.at("/stats/0/type").stringValue());
        assertEquals("inbound-rtp", stats.at("/stats/1/type").stringValue());
        ok(late.client().request("closeConsumer", id));
        assertEquals("not-found", code(late.client().request("resumeConsumer", id)));
    }

    @Test
    void tellsOfPausesAndOfTheEndOfAStream() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var bob = server.join(room, "Bob");
        var producer = ok(produce(ada, sendTransport(ada), "microphone")).get("producerId").stringValue();
        var id = object("producerId", producer);
        var told = object("participantId", ada.id(), "producerId", producer);
        ok(ada.client().request("pauseProducer", id));
        ok(ada.client().request("pauseProducer", id));
        assertEquals(told, bob.client().event("producerPaused"));
        var consumer = ok(bob.client().request(
                "consume", object("transportId", receiveTransport(bob), "producerId", producer)));
        assertTrue(consumer.get("producerPaused").booleanValue());
        ok(ada.client().request("resumeProducer", id));
        assertEquals(told, bob.client().event("producerResumed"));
        assertEquals("inbound-rtp", ok(ada.client().request("getStats", id)).at("/stats/0/type").stringValue());
        ok(ada.client().request("closeProducer", id));
        assertEquals(told, bob.client().event("producerClosed"));
        assertEquals("not-found", code(ada.client().request("closeProducer", id)));
        assertEquals(
                List.of("newProducer"),
                bob.client().untaken().stream().map(event -> event.name()).toList(),
                "nothing is told twice");
    }

    @Test
    void keepsObjectsOfOthersOutOfReach() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var bob = server.join(room, "Bob");
        var transport = sendTransport(ada);
        var producer = ok(produce(ada, transport, "camera")).get("producerId").stringValue();
        var consumer = ok(bob.client().request(
                        "consume", object("transportId", receiveTransport(bob), "producerId", producer)))
                .get("consumerId");
        assertEquals("not-found", code(produce(bob, transport, "camera")));
        assertEquals("not-found", code(bob.client().request("restartIce", object("transportId", transport))));
        assertEquals("not-found", code(bob.client().request("getStats", object("transportId", transport))));
        for (var request : List.of("pauseProducer", "resumeProducer", "closeProducer", "getStats")) {
            assertEquals("not-found", code(bob.client().request(request, object("producerId", producer))));
        }
        for (var request : List.of("resumeConsumer", "closeConsumer", "requestKeyFrame", "getStats")) {
            assertEquals("not-found", code(ada.client().request(request, object("consumerId", consumer))));
        }
        var stranger = server.join(server.room(), "Stranger");
        var consume = object("transportId", receiveTransport(stranger), "producerId", producer);
        assertEquals("not-found", code(stranger.client().request("consume", consume)));
        var own = object("transportId", receiveTransport(ada), "producerId", producer);
        assertEquals("not-found", code(ada.client().request("consume", own)), "nobody consumes himself");
    }

    @Test
    void refusesWhatDoesNotFit() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var bob = server.join(room, "Bob");
        var send = sendTransport(ada);
        var receive = receiveTransport(ada);
        assertEquals("request/invalid", code(produce(ada, receive, "camera")));
        var producer = ok(produce(ada, send, "camera")).get("producerId");
        assertEquals(
                "request/invalid",
                code(bob.client().request(
                        "consume", object("transportId", sendTransport(bob), "producerId", producer))));
        var audioOnly = json("{'codecs':[{'kind':'audio','mimeType':'audio/opus','preferredPayloadType':100,"
                + "'clockRate':48000,'channels':2}],'headerExtensions':[]}");
        var deaf = ok(bob.client().request(
                "createTransport", object("direction", "recv", "rtpCapabilities", audioOnly))).get("id");
        assertEquals(
                "media/unsupported",
                code(bob.client().request("consume", object("transportId", deaf, "producerId", producer))));
        var theora = json(vp8().toString().replace("video/VP8", "video/theora"));
        assertEquals(
                "media/unsupported",
                code(ada.client().request(
                        "produce",
                        object("transportId", send, "kind", "video", "source", "camera", "rtpParameters", theora))));
    }

    @Test
    void limitsProducersAndTransports() {
        var ada = server.join(server.room(), "Ada");
        var send = sendTransport(ada);
        for (int i = 0; i < 3; i++) {
            ok(produce(ada, send, "screen"));
        }
        assertEquals("limit/reached", code(produce(ada, send, "screen")));
        for (int i = 0; i < 3; i++) {
            sendTransport(ada);
        }
        assertEquals("limit/reached", code(ada.client().request("createTransport", object("direction", "send"))));
    }

    @Test
    void closesASingleTransportWithItsStreamsWhenAskedTo() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var bob = server.join(room, "Bob");
        var transport = sendTransport(ada);
        var producer = ok(produce(ada, transport, "camera")).get("producerId").stringValue();
        bob.client().event("newProducer");
        assertEquals("not-found", code(bob.client().request("closeTransport", object("transportId", transport))));
        ok(ada.client().request("closeTransport", object("transportId", transport)));
        assertEquals(producer, bob.client().event("producerClosed").get("producerId").stringValue());
        assertEquals("not-found", code(ada.client().request("closeTransport", object("transportId", transport))));
        assertEquals("not-found", code(ada.client().request("closeProducer", object("producerId", producer))));
        // It no longer counts: four more may be had.
        for (int i = 0; i < 4; i++) {
            sendTransport(ada);
        }
        assertEquals(
                List.of("participantJoined"),
                ada.client().untaken().stream().map(event -> event.name()).toList(),
                "no transportClosed");
    }

    @Test
    void givesAPageThatWasLoadedAnewItsSeatAndEndsTheStreamsOfTheOldOne() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var bob = server.join(room, "Bob");
        var producer = ok(produce(ada, sendTransport(ada), "camera")).get("producerId").stringValue();
        bob.client().event("newProducer");
        ada.client().event("participantJoined");
        try (var client = server.client()) {
            var fresh = ((ObjectNode) ada.resume(room)).put("fresh", true);
            var back = ok(client.request("resume", fresh));
            assertEquals(ada.id(), back.get("participantId").stringValue());
            for (var kind : List.of("transports", "producers", "consumers")) {
                assertEquals(0, back.get(kind).size(), kind);
            }
            ada.client().event("replaced");
            ada.client().awaitClosed();
            assertEquals(producer, bob.client().event("producerClosed").get("producerId").stringValue());
            var again = new TestServer.Member(client, back);
            ok(produce(again, sendTransport(again), "camera"));
            assertEquals(ada.id(), bob.client().event("newProducer").get("participantId").stringValue());
            assertEquals(List.of(), bob.client().untaken(), "nobody left or joined");
            try (var thief = server.client()) {
                assertEquals("session/unknown", code(thief.request("resume", ada.resume(room))), "the old token");
            }
            try (var third = server.client()) {
                ok(third.request("resume", again.resume(room)));
            }
        }
    }

    @Test
    void keepsStreamsWhileAConnectionIsLostAndListsThemToWhoComesBack() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var bob = server.join(room, "Bob");
        var send = sendTransport(ada);
        var producer = ok(produce(ada, send, "camera")).get("producerId").stringValue();
        bob.client().event("newProducer");
        ada.client().breakOff();
        var other = ok(produce(bob, sendTransport(bob), "camera")).get("producerId").stringValue();
        try (var client = server.client()) {
            var back = ok(client.request("resume", ada.resume(room)));
            assertEquals(send, back.at("/transports/0").stringValue());
            assertEquals(producer, back.at("/producers/0").stringValue());
            assertEquals(other, back.at("/participants/0/producers/0/id").stringValue());
            ok(client.request("pauseProducer", object("producerId", producer)));
            bob.client().event("producerPaused");
            client.request("leave", object());
            bob.client().event("connectionChanged", told -> !told.get("connected").booleanValue());
            bob.client().event("connectionChanged", told -> told.get("connected").booleanValue());
            bob.client().event("participantLeft");
            assertEquals(List.of(), bob.client().untaken(), "no producerClosed besides participantLeft");
        }
    }

    @Test
    void tellsALateJoinerEachProducerOnceWhileOthersProduce() throws InterruptedException {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var send = sendTransport(ada);
        var producing = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 3; i++) {
                ok(produce(ada, send, "screen"));
            }
        });
        var late = server.join(room, "Late");
        producing.join();
        var seen = new HashSet<String>();
        late.joined().at("/participants/0/producers").forEach(p -> assertTrue(seen.add(p.get("id").stringValue())));
        while (seen.size() < 3) {
            assertTrue(seen.add(late.client().event("newProducer").at("/producer/id").stringValue()));
        }
        assertEquals(List.of(), late.client().untaken());
    }
}
