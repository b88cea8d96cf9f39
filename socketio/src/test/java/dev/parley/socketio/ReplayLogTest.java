package dev.parley.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.socketio.engine.EngineFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReplayLogTest {
    private static List<EngineFrame> frame(int size) {
        return List.of(EngineFrame.binary(new byte[size]));
    }

    private static String after(ReplayLog log, String offset) {
        return log.after(Optional.ofNullable(offset))
                .map(frames -> {
                    List<Integer> sizes = new ArrayList<>();
                    frames.forEach(f -> sizes.add(f.size()));
                    return sizes.toString();
                })
                .orElse("unknown");
    }

    @Test
    void givesWhatCameAfterAnOffsetInOrder() {
        ReplayLog log = new ReplayLog(100, 10, 1_000);
        assertEquals("[]", after(log, null));
        assertEquals("unknown", after(log, "a"));
        log.add(0, "a", frame(1));
        log.add(0, "b", frame(2));
        log.add(0, "c", frame(3));
        assertEquals("[1, 2, 3]", after(log, null));
        assertEquals("[2, 3]", after(log, "a"));
        assertEquals("[]", after(log, "c"));
        assertEquals("unknown", after(log, "d"));
    }

    @Test
    void forgetsByNumberBytesAndAgeButKnowsTheLastThatItForgot() {
        ReplayLog number = new ReplayLog(100, 2, 1_000);
        ReplayLog bytes = new ReplayLog(100, 10, 5);
        ReplayLog age = new ReplayLog(100, 10, 1_000);
        for (int i = 1; i <= 3; i++) {
            number.add(0, "o" + i, frame(i));
            bytes.add(0, "o" + i, frame(i));
            age.add(i == 1 ? 0 : 101, "o" + i, frame(i));
        }
        for (ReplayLog log : List.of(number, bytes, age)) {
            assertEquals("unknown", after(log, null));
            assertEquals("[2, 3]", after(log, "o1"));
            assertEquals("[3]", after(log, "o2"));
            log.add(500, "o4", frame(1));
            log.add(500, "o5", frame(1));
        }
        assertEquals("unknown", after(number, "o1"));
    }
}
