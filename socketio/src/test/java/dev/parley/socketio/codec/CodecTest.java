package dev.parley.socketio.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.socketio.engine.EngineFrame;
import dev.parley.socketio.engine.Mutations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class CodecTest {
    private static final Json JSON = new Json(10_000);
    private final PacketEncoder encoder = new PacketEncoder(Json.WRITER);

    record Tile(String name, Optional<String> title, OptionalInt width, Optional<String> absent, byte[] image) {}

    private static PacketDecoder decoder() {
        return new PacketDecoder(JSON, 1_000);
    }

    private static String text(EngineFrame frame) {
        return new String(frame.bytes(), UTF_8).substring(1);
    }

    private static Decoded decode(List<EngineFrame> frames) {
        PacketDecoder decoder = decoder();
        Decoded last = new Decoded.Incomplete();
        for (EngineFrame frame : frames) {
            last = frame.binary() ? decoder.binary(frame.bytes()) : decoder.text(text(frame));
        }
        return last;
    }

    private static Object[] none() {
        return new Object[0];
    }

    @Test
    void writesEventsAsTheProtocolSays() {
        assertEquals(
                "2[\"hey\",1,\"zwei\",{\"a\":null}]",
                text(encoder.event("/", -1, "hey", new Object[] {1, "zwei", nullMember()}, Optional.empty())
                        .getFirst()));
        assertEquals(
                "2/admin,12[\"hey\",\"off\"]",
                text(encoder.event("/admin", 12, "hey", none(), Optional.of("off")).getFirst()));
        assertEquals("3/admin,7[]", text(encoder.ack("/admin", 7, none()).getFirst()));
        assertEquals("1", text(encoder.disconnect("/").getFirst()));
        assertEquals("1/admin,", text(encoder.disconnect("/admin").getFirst()));
        assertEquals("0{\"sid\":\"s\"}", text(encoder.connect("/", "s", Optional.empty()).getFirst()));
        assertEquals(
                "0/n,{\"sid\":\"s\",\"pid\":\"p\"}",
                text(encoder.connect("/n", "s", Optional.of("p")).getFirst()));
    }

    private static Map<String, Object> nullMember() {
        Map<String, Object> map = new HashMap<>();
        map.put("a", null);
        return map;
    }

    @Test
    void writesRecordsWithoutEmptyOptionalsAndBytesAsAttachments() {
        Tile tile = new Tile("n", Optional.of("t"), OptionalInt.empty(), Optional.empty(), new byte[] {1, 2});
        Object[] arguments = {List.of(tile), new byte[0]};
        List<EngineFrame> frames = encoder.event("/", 3, "tile", arguments, Optional.empty());
        assertEquals(3, frames.size());
        assertTrue(text(frames.getFirst()).startsWith("52-3[\"tile\",[{"), text(frames.getFirst()));
        SocketPacket.Event event = (SocketPacket.Event) ((Decoded.Complete) decode(frames)).packet();
        assertEquals(3, event.ackId());
        JsonNode read = event.arguments().getFirst().get(0);
        assertEquals(List.of("name", "title", "image"), List.copyOf(read.propertyNames()));
        assertArrayEquals(new byte[] {1, 2}, read.get("image").binaryValue());
        assertArrayEquals(new byte[0], event.arguments().get(1).binaryValue());
    }

    @Test
    void refusesToSendMoreThanTenAttachments() {
        Object[] eleven = new Object[11];
        java.util.Arrays.setAll(eleven, i -> new byte[1]);
        assertThrows(
                IllegalArgumentException.class, () -> encoder.event("/", -1, "e", eleven, Optional.empty()));
        Object[] ten = java.util.Arrays.copyOf(eleven, 10);
        assertInstanceOf(Decoded.Complete.class, decode(encoder.event("/", -1, "e", ten, Optional.empty())));
    }

    @Test
    void readsHeaders() {
        assertEquals(Optional.of(new Header(0, 0, "/", -1, 1)), Header.parse("0"));
        assertEquals(Optional.of(new Header(2, 0, "/", 0, 2)), Header.parse("20[]"));
        assertEquals(Optional.of(new Header(2, 0, "/a?b=c", 15, 10)), Header.parse("2/a?b=c,15[]"));
        assertEquals(Optional.of(new Header(5, 10, "/a", -1, 7)), Header.parse("510-/a,[]"));
        for (String bad : List.of("", "7", "a", "5", "5-[]", "50-[]", "511-[]", "501-[]", "51[]", "201[]")) {
            assertEquals(Optional.empty(), Header.parse(bad), bad);
        }
    }

    @Test
    void countsDepthAtTheEdge() {
        assertInstanceOf(Decoded.Complete.class, decoder().text("2[\"e\"," + "[".repeat(31) + "]".repeat(31) + "]"));
        assertInstanceOf(Decoded.Malformed.class, decoder().text("2[\"e\"," + "[".repeat(32) + "]".repeat(32) + "]"));
        assertInstanceOf(Decoded.Malformed.class, decoder().text("2[\"e\",{\"a\":1,\"a\":1}]"));
        assertInstanceOf(Decoded.Malformed.class, decoder().text("2[\"e\"] []"));
        assertInstanceOf(Decoded.Malformed.class, decoder().text("2[\"e\",'x']"));
    }

    @Test
    void survivesMutationsOfTextAndAttachments() {
        Random random = new Random(7);
        byte[][] seeds = {
            "2/admin,12[\"event\",{\"a\":[1,2.5e3,null,true],\"b\":\"\u2603\"}]".getBytes(UTF_8),
            "52-[\"event\",{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]".getBytes(UTF_8),
            "61-/n,7[{\"x\":{\"_placeholder\":true,\"num\":0}}]".getBytes(UTF_8),
            "0/n,{\"token\":\"abc\"}".getBytes(UTF_8),
            "1/n,".getBytes(UTF_8),
        };
        Map<Class<?>, Integer> outcomes = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            PacketDecoder decoder = decoder();
            Decoded decoded = decoder.text(new String(Mutations.of(seeds[i % seeds.length], random), UTF_8));
            for (int attachments = 0; decoded instanceof Decoded.Incomplete; attachments++) {
                assertTrue(attachments < Limits.ATTACHMENTS, "waits for too many attachments");
                decoded = decoder.binary(new byte[random.nextInt(200)]);
            }
            outcomes.merge(decoded.getClass(), 1, Integer::sum);
            if (decoded instanceof Decoded.Complete complete) {
                check(complete.packet());
            }
        }
        assertTrue(outcomes.get(Decoded.Complete.class) > 10_000, outcomes.toString());
        assertTrue(outcomes.get(Decoded.Malformed.class) > 10_000, outcomes.toString());
    }

    /** A mutated escape may leave half a pair, which goes out as a question mark. */
    private static String withoutSurrogates(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }

    /** What was accepted can be written, and reads the same again. */
    private void check(SocketPacket packet) {
        assertTrue(packet.namespace().startsWith("/"));
        if (packet instanceof SocketPacket.Event event) {
            List<EngineFrame> frames = encoder.event(
                    event.namespace(), event.ackId(), event.event(), event.arguments().toArray(), Optional.empty());
            SocketPacket.Event again = (SocketPacket.Event) ((Decoded.Complete) decode(frames)).packet();
            assertEquals(withoutSurrogates(event.event()), again.event());
            assertEquals(event.ackId(), again.ackId());
            assertEquals(event.arguments().size(), again.arguments().size());
        }
    }
}
