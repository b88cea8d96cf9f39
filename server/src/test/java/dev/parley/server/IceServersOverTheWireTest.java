package dev.parley.server;

import static dev.parley.server.testing.Answers.ok;
import static dev.parley.server.testing.SocketIoClient.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.HashSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What clients are told of TURN servers, and when. */
final class IceServersOverTheWireTest {
    private static final String SECRET = "a-secret-of-many-characters";
    private static final int LIFETIME = 2;

    @TempDir
    private static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        var secret = Files.writeString(folder.resolve("turn.secret"), SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        server = TestServer.start(folder, Map.of(
                "PARLEY_TURN_URL", "stun:stun.example.org, turn:turn.example.org?transport=udp, turns:turn.example.org:443",
                "PARLEY_TURN_SECRET_FILE", secret.toString(),
                "PARLEY_TURN_LIFETIME", Integer.toString(LIFETIME)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Checks both entries, and returns the username. */
    private static String checked(JsonNode servers, String user, int lifetime) throws Exception {
        assertEquals(2, servers.size());
        assertEquals(object("urls", new String[] {"stun:stun.example.org"}), servers.get(0));
        assertEquals("turn:turn.example.org?transport=udp", servers.at("/1/urls/0").stringValue());
        assertEquals("turns:turn.example.org:443", servers.at("/1/urls/1").stringValue());
        var username = servers.at("/1/username").stringValue();
        var parts = username.split(":", 2);
        assertEquals(user, parts[1]);
        long left = Long.parseLong(parts[0]) - System.currentTimeMillis() / 1_000;
        assertTrue(left <= lifetime && left > lifetime - 30, "ends in " + left + " s");
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SECRET.getBytes(), "HmacSHA1"));
        assertEquals(
                Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes())),
                servers.at("/1/credential").stringValue());
        return username;
    }

    @Test
    void comeWithTransportsAndRestartsAndAreRenewedBeforeTheyEnd() throws Exception {
        var ada = server.join(server.room(), "Ada");
        var transport = ok(ada.client().request("createTransport", object("direction", "send")));
        var first = checked(transport.get("iceServers"), ada.id(), LIFETIME);
        var restarted = ok(ada.client().request("restartIce", object("transportId", transport.get("id"))));
        checked(restarted.get("iceServers"), ada.id(), LIFETIME);
        var seen = new HashSet<String>();
        seen.add(first);
        while (seen.size() < 3) {
            seen.add(checked(ada.client().event("iceServers").get("iceServers"), ada.id(), LIFETIME));
        }
    }

    @Test
    void areToldAnewToWhoComesBackOverAnotherConnection() throws Exception {
        var room = server.room();
        var ada = server.join(room, "Ada");
        ada.client().breakOff();
        try (var again = server.client()) {
            ok(again.request("resume", ada.resume(room)));
            checked(again.event("iceServers").get("iceServers"), ada.id(), LIFETIME);
        }
    }

    @Test
    void ofAProbeAreGoodForItAlone() throws Exception {
        try (var client = server.client()) {
            var probe = ok(client.request("openProbe", object()));
            var user = probe.at("/iceServers/1/username").stringValue().split(":", 2)[1];
            assertTrue(user.startsWith("probe-"), user);
            checked(probe.get("iceServers"), user, LIFETIME);
        }
    }

    @Test
    void areNotRenewedForThoseWhoLeft() throws Exception {
        var ada = server.join(server.room(), "Ada");
        ok(ada.client().request("createTransport", object("direction", "send")));
        ok(ada.client().request("leave", object()));
        var bob = server.join(server.room(), "Bob");
        ok(bob.client().request("createTransport", object("direction", "send")));
        int before = ada.client().untaken().size();
        bob.client().event("iceServers");
        bob.client().event("iceServers");
        assertEquals(before, ada.client().untaken().size());
    }
}
