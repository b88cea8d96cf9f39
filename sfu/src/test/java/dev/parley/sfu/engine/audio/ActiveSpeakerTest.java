package dev.parley.sfu.engine.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

final class ActiveSpeakerTest {
    private static final long MS = 1_000_000;

    private final ActiveSpeaker<String> observer = new ActiveSpeaker<>();
    private final Map<String, AudioMeter> meters = new LinkedHashMap<>();
    private final SplittableRandom random = new SplittableRandom(2012);
    private final List<String> events = new ArrayList<>();
    private int time;
    private int lastEventAt;

    @Test
    void namesTheFirstWhoTalks() {
        join("anna", "ben");
        play(1_000, "anna", at -> true);
        assertEquals(List.of("anna"), events);
        assertTrue(lastEventAt <= 500, "took " + lastEventAt + " ms");
    }

    @Test
    void ignoresClicksAndCoughs() {
        join("anna", "ben");
        play(5_000, "anna", at -> true);
        // While anna goes on, and also while she listens, ben's table is hit twice a second.
        play(5_000, Map.of("anna", at -> at % 1_000 < 800, "ben", at -> at % 500 < 80));
        play(5_000, "ben", at -> at % 500 < 80);
        assertEquals(List.of("anna"), events);
    }

    @Test
    void ignoresAShortYes() {
        join("anna", "ben");
        play(5_000, "anna", at -> true);
        play(600, "ben", at -> true);
        play(3_000, "anna", at -> true);
        assertEquals(List.of("anna"), events);
    }

    @Test
    void followsASustainedTalkerWithinASecond() {
        join("anna", "ben");
        play(5_000, "anna", at -> true);
        int start = time;
        play(2_000, "ben", at -> true);
        assertEquals(List.of("anna", "ben"), events);
        assertTrue(lastEventAt - start <= 1_000, "took " + (lastEventAt - start) + " ms");
    }

    @Test
    void doesNotFlapBetweenTwoEqualTalkers() {
        join("anna", "ben");
        play(600_000, Map.of("anna", speech(), "ben", speech()));
        assertTrue(events.size() <= 20, "in ten minutes: " + events);
    }

    @Test
    void keepsTheLastSpeakerInSilence() {
        join("anna", "ben");
        play(2_000, "anna", at -> true);
        play(60_000, Map.of());
        assertEquals(Optional.of("anna"), observer.dominant());
        assertEquals(List.of("anna"), events);
    }

    @Test
    void hearsAQuietMicrophone() {
        join("anna", "ben");
        play(3_000, "anna", at -> true);
        for (int at = 0; at < 2_000; at += 20) {
            meters.get("ben").level(52);
            tick();
        }
        assertEquals(List.of("anna", "ben"), events);
    }

    @Test
    void takesASteadyFanForNoSpeaker() {
        join("fan", "anna");
        for (int at = 0; at < 90_000; at += 20) {
            meters.get("fan").level(55);
            meters.get("anna").level(at > 60_000 && at < 62_000 ? 30 : 75);
            if (at == 60_000) {
                events.clear();
            }
            tick();
        }
        assertEquals(List.of("anna"), events);
    }

    @Test
    void saysNobodyWhenTheSpeakerLeaves() {
        join("anna", "ben");
        play(2_000, "anna", at -> true);
        observer.remove("anna");
        assertEquals(Optional.empty(), observer.dominant());
        play(200, Map.of());
        assertEquals(List.of("anna", "nobody"), events);
        play(1_000, "ben", at -> true);
        assertEquals(List.of("anna", "nobody", "ben"), events);
    }

    @Test
    void sleepsWithoutSources() {
        assertEquals(Long.MAX_VALUE, observer.nextTimeout());
        join("anna");
        play(2_000, "anna", at -> true);
        observer.remove("anna");
        play(100, Map.of());
        assertEquals(List.of("anna", "nobody"), events);
        assertEquals(Long.MAX_VALUE, observer.nextTimeout());
    }

    private void join(String... names) {
        for (var name : names) {
            meters.put(name, new AudioMeter());
            observer.add(time * MS, name, meters.get(name));
        }
    }

    private void play(int duration, String who, IntPredicate talks) {
        play(duration, Map.of(who, talks));
    }

    /** A packet of each source every 20 ms, about −30 dBov when it talks and −70 when not. */
    private void play(int duration, Map<String, IntPredicate> talkers) {
        for (int at = 0; at < duration; at += 20) {
            int moment = at;
            meters.forEach((name, meter) -> {
                boolean talks = talkers.containsKey(name) && talkers.get(name).test(moment);
                meter.level((talks ? 30 : 75) + random.nextInt(-5, 6));
            });
            tick();
        }
    }

    private void tick() {
        time += 20;
        observer.timeout(time * MS, new ActiveSpeaker.Out<>() {
            @Override
            public void dominant(String source) {
                events.add(source);
                lastEventAt = time;
            }

            @Override
            public void nobody() {
                events.add("nobody");
            }
        });
    }

    /** Syllables and pauses, each of its own length: 150–400 ms of sound, 50–250 ms of none. */
    private IntPredicate speech() {
        return new IntPredicate() {
            private boolean sound;
            private int left;

            @Override
            public boolean test(int at) {
                left -= 20;
                if (left <= 0) {
                    sound = !sound;
                    left = sound ? random.nextInt(150, 400) : random.nextInt(50, 250);
                }
                return sound;
            }
        };
    }
}
