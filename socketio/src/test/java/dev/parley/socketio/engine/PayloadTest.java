package dev.parley.socketio.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PayloadTest {
    @Test
    void readsBackWhatItWrites() {
        List<EngineFrame> frames = List.of(
                EngineFrame.text(PacketType.MESSAGE, "h\u00e9llo \u2603 \ud83d\ude00"),
                EngineFrame.binary(new byte[] {0, -1, 30, 98}),
                EngineFrame.text(PacketType.PING, ""),
                EngineFrame.binary(new byte[0]));
        List<EnginePacket> packets = Payload.decode(Payload.encode(frames)).orElseThrow();
        assertEquals(4, packets.size());
        assertEquals(new EnginePacket.Text(PacketType.MESSAGE, "h\u00e9llo \u2603 \ud83d\ude00"), packets.get(0));
        assertArrayEquals(new byte[] {0, -1, 30, 98}, ((EnginePacket.Binary) packets.get(1)).data());
        assertEquals(new EnginePacket.Text(PacketType.PING, ""), packets.get(2));
        assertEquals(0, ((EnginePacket.Binary) packets.get(3)).data().length);
    }

    @Test
    void refusesWhatIsMalformed() {
        for (String bad :
                List.of("", "\u001e", "4\u001e", "\u001e4", "7", "x", "b!", "bA", "bAQI=x", "4a\u001e\u001e4b")) {
            assertTrue(Payload.decode(bad.getBytes(UTF_8)).isEmpty(), bad);
        }
        // A byte that never occurs, an overlong form, a surrogate, a character cut off, one beyond U+10FFFF.
        for (String bytes : List.of(
                "4\u00ff", "4\u00c0\u0080", "4\u00ed\u00a0\u0080", "4\u00e2\u0098", "4\u00f5\u0080\u0080\u0080")) {
            assertTrue(Payload.decode(bytes.getBytes(ISO_8859_1)).isEmpty(), bytes);
        }
    }

    @Test
    void survivesMutationsAndReadsBackWhatItAccepts() {
        Random random = new Random(42);
        byte[][] seeds = {
            "0{}".getBytes(UTF_8),
            "4hello\u001ebAQIDBA==\u001e2".getBytes(UTF_8),
            "42[\"a\",\"\u2603\"]".getBytes(UTF_8)
        };
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] input = Mutations.of(seeds[i % seeds.length], random);
            var packets = Payload.decode(input);
            if (packets.isPresent()) {
                accepted++;
                List<EngineFrame> frames = new ArrayList<>();
                for (EnginePacket packet : packets.get()) {
                    frames.add(switch (packet) {
                        case EnginePacket.Text text -> EngineFrame.text(text.type(), text.data());
                        case EnginePacket.Binary binary -> EngineFrame.binary(binary.data());
                    });
                }
                assertEquals(
                        packets.get().size(),
                        Payload.decode(Payload.encode(frames)).orElseThrow().size());
            }
        }
        assertTrue(accepted > 1_000 && accepted < 199_000, "both outcomes are exercised: " + accepted);
    }
}
