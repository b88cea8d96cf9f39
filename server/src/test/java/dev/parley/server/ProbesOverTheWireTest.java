package dev.parley.server;

import static dev.parley.server.testing.Answers.code;
import static dev.parley.server.testing.Answers.ok;
import static dev.parley.server.testing.SocketIoClient.json;
import static dev.parley.server.testing.SocketIoClient.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.SocketIoClient;
import dev.parley.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Transports for those who only check whether they get through; that they connect is proven with real browsers. */
final class ProbesOverTheWireTest {
    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static JsonNode open(SocketIoClient client) {
        return client.request("openProbe", object());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 20 s");
            Thread.sleep(20);
        }
    }

    private int transports() {
        return server.parley().transports();
    }

    @Test
    void lookLikeTransportsAndNeedNoRoom() {
        try (var client = server.client()) {
            var probe = ok(open(client));
            assertTrue(probe.at("/iceParameters/iceLite").booleanValue());
            assertEquals(server.parley().mediaPort(), probe.at("/iceCandidates/0/port").intValue());
            assertEquals("sha-256", probe.at("/dtlsParameters/fingerprints/0/algorithm").stringValue());
            assertEquals(0, probe.get("iceServers").size());
            assertEquals(server.parley().mediaPort(), probe.at("/server/mediaPort").intValue());
            assertFalse(probe.at("/server/version").stringValue().isEmpty());
            var connect = object(
                    "transportId", probe.get("id"),
                    "dtlsParameters", json("{'role':'client','fingerprints':[{'algorithm':'sha-256','value':'%s'}]}"
                            .formatted("AB:".repeat(31) + "AB")));
            ok(client.request("connectProbe", connect));
            assertEquals("request/invalid", code(client.request("connectProbe", connect)));
        }
    }

    @Test
    void belongToTheirConnectionAlone() {
        try (var ada = server.client();
                var eve = server.client()) {
            var id = object("transportId", ok(open(ada)).get("id"));
            assertEquals("not-found", code(eve.request("closeProbe", id)));
            ok(ada.request("closeProbe", id));
            assertEquals("not-found", code(ada.request("closeProbe", id)));
        }
    }

    @Test
    void areFewOnAConnectionAndEndWithIt() throws InterruptedException {
        try (var client = server.client()) {
            var first = ok(open(client)).get("id");
            for (int i = 0; i < 3; i++) {
                ok(open(client));
            }
            assertEquals("limit/reached", code(open(client)));
            assertEquals(4, transports());
            ok(client.request("closeProbe", object("transportId", first)));
            ok(open(client));
            client.breakOff();
            await(() -> transports() == 0);
        }
    }

    @Test
    void areLimitedByAddress() {
        var refused = "";
        try (var client = server.client()) {
            for (int i = 0; i < 40 && refused.isEmpty(); i++) {
                var probe = open(client);
                if (probe.get("ok").booleanValue()) {
                    ok(client.request("closeProbe", object("transportId", probe.get("id"))));
                } else {
                    refused = code(probe);
                }
            }
            assertEquals("request/too-many", refused);
        }
        try (var another = server.client()) {
            assertEquals("request/too-many", code(open(another)), "the same address");
        }
    }

    @Test
    void doNotLetAnybodyIntoWhatNeedsARoom() {
        try (var client = server.client()) {
            var id = object("transportId", ok(open(client)).get("id"));
            assertEquals("state/not-joined", code(client.request("restartIce", id)));
            assertEquals("state/not-joined", code(client.request("closeTransport", id)));
            var ada = server.join(server.room(), "Ada");
            assertEquals("not-found", code(ada.client().request("closeTransport", id)));
        }
    }
}
