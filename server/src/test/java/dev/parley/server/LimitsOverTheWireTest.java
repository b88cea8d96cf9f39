package dev.parley.server;

import static dev.parley.server.testing.SocketIoClient.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitsOverTheWireTest {
    @TempDir
    private Path folder;

    @Test
    void limitsRoomsOfOneAddressAndOfAll() {
        try (var server = TestServer.start(folder, Map.of("PARLEY_ROOMS_PER_MINUTE", "3", "PARLEY_MAX_ROOMS", "100"));
                var client = server.client()) {
            IntStream.range(0, 3)
                    .forEach(i -> assertTrue(client.request("createRoom", object()).get("ok").booleanValue()));
            assertEquals("request/too-many", client.request("createRoom", object()).get("code").stringValue());
        }
        try (var server = TestServer.start(folder, Map.of("PARLEY_MAX_ROOMS", "2")); var client = server.client()) {
            client.request("createRoom", object());
            client.request("createRoom", object());
            assertEquals("limit/reached", client.request("createRoom", object()).get("code").stringValue());
        }
    }

    @Test
    void tellsEverybodyThatTheServerGoesDown() {
        var server = TestServer.start(folder, Map.of());
        var ada = server.join(server.room(), "Ada");
        server.close();
        ada.client().event("serverClosing");
        ada.client().awaitClosed();
    }
}
