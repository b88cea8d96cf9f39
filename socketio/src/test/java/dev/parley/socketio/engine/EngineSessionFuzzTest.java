package dev.parley.socketio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.socketio.engine.CloseReason.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random sequences of everything that can happen to a session, in any order. */
final class EngineSessionFuzzTest {
    private static final String[] TEXTS = {"2probe", "5", "1", "2", "3", "4x", "", "9", "0", "6", "b", "4\u001e"};

    @Test
    void staysConsistentWhateverComes() {
        for (int seed = 0; seed < 20_000; seed++) {
            int used = seed;
            try {
                play(new Random(used));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + used, e);
            }
        }
    }

    private static void play(Random random) {
        EngineConfig config = new EngineConfig(25, 20, 10, 1_000, 6, 60, 1_000_000_000, 10);
        RecordingOut out = new RecordingOut();
        long now = random.nextInt();
        EngineSession session = new EngineSession("s", config, random.nextBoolean(), now);
        int accepted = 0;
        boolean failed = false;
        for (int step = 0; step < 40; step++) {
            now += random.nextInt(6);
            int link = random.nextInt(4) - 1;
            String text = TEXTS[random.nextInt(TEXTS.length)];
            switch (random.nextInt(14)) {
                case 0, 1 -> accepted += session.poll(now, out) ? 1 : 0;
                case 2 -> session.beginPost(now, out);
                case 3 -> session.post(now, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), out);
                case 4, 5 -> session.receiveText(now, link, text, out);
                case 6 -> session.receiveBinary(now, link, new byte[3], out);
                case 7 -> session.attach(now);
                case 8 -> session.take(link, out);
                case 9, 10 -> session.send(now, List.of(EngineFrame.binary(new byte[random.nextInt(9)])), out);
                case 11 -> session.timeout(now, out);
                case 12 -> session.linkClosed(now, link, 1000, out);
                default -> {
                    switch (random.nextInt(6)) {
                        case 0 -> session.drain(now, new CloseReason(Kind.FORCED_CLOSE, ""), out);
                        case 1 -> session.close(now, new CloseReason(Kind.FORCED_CLOSE, ""), out);
                        case 2 -> {
                            session.pollFailed(now, out);
                            failed = true;
                        }
                        case 3 -> session.postFailed(now, random.nextBoolean(), out);
                        default -> session.frame(now, link, out);
                    }
                }
            }
            long next = session.nextTimeout();
            assertTrue(next == EngineSession.NEVER || next <= now + 25 + EngineConfig.DRAIN_TIMEOUT);
        }
        session.close(now, new CloseReason(Kind.FORCED_CLOSE, ""), out);
        assertEquals(1, out.closes, "closed exactly once");
        assertEquals(EngineSession.NEVER, session.nextTimeout());
        long answered = out.said.stream().filter(s -> s.startsWith("poll ")).count();
        if (!failed) {
            assertEquals(accepted, answered, "every accepted poll is answered exactly once");
        }
        int end = out.said.indexOf(out.said.stream()
                .filter(s -> s.startsWith("closed "))
                .collect(Collectors.joining()));
        assertTrue(
                out.said.subList(end, out.said.size()).stream().noneMatch(s -> s.startsWith("message ")),
                "nothing is delivered after the end");
    }
}
