package dev.parley.sfu.engine.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AudioLevelsTest {
    private static final long MS = 1_000_000;

    private final List<String> events = new ArrayList<>();
    private final AudioLevels.Out<String> out = new AudioLevels.Out<>() {
        @Override
        public void volumes(List<AudioVolume<String>> volumes) {
            volumes.forEach(volume -> events.add(volume.source() + " " + volume.dbov()));
        }

        @Override
        public void silence() {
            events.add("silence");
        }
    };

    @Test
    void reportsTheAverageOfTheIntervalLoudestFirst() {
        var levels = new AudioLevels<String>(new AudioLevelsConfig(2, -80, Duration.ofMillis(800)));
        var anna = new AudioMeter();
        var ben = new AudioMeter();
        var cleo = new AudioMeter();
        levels.add(0, "anna", anna);
        levels.add(0, "ben", ben);
        levels.add(0, "cleo", cleo);
        for (int i = 0; i < 40; i++) {
            anna.level(i % 2 == 0 ? 40 : 50);
            ben.level(20);
            cleo.level(60);
        }
        levels.timeout(799 * MS, out);
        assertEquals(List.of(), events);
        levels.timeout(800 * MS, out);
        assertEquals(List.of("ben -20", "anna -45"), events);
        assertEquals(1_600 * MS, levels.nextTimeout());
    }

    @Test
    void reportsSilenceOnce() {
        var levels = new AudioLevels<String>(AudioLevelsConfig.defaults());
        var anna = new AudioMeter();
        levels.add(0, "anna", anna);
        anna.level(30);
        levels.timeout(800 * MS, out);
        anna.level(90);
        levels.timeout(1_600 * MS, out);
        levels.timeout(2_400 * MS, out);
        anna.level(127);
        levels.timeout(3_200 * MS, out);
        anna.level(80);
        levels.timeout(4_000 * MS, out);
        assertEquals(List.of("anna -30", "silence", "anna -80"), events);
    }

    @Test
    void saysNothingAboutWhatWasHeardBeforeASourceWasAdded() {
        var levels = new AudioLevels<String>(AudioLevelsConfig.defaults());
        var anna = new AudioMeter();
        anna.level(0);
        levels.add(0, "anna", anna);
        levels.timeout(800 * MS, out);
        assertEquals(List.of(), events);
    }

    @Test
    void sleepsWithoutSources() {
        var levels = new AudioLevels<String>(AudioLevelsConfig.defaults());
        assertEquals(Long.MAX_VALUE, levels.nextTimeout());
        levels.add(5, "anna", new AudioMeter());
        assertEquals(5 + 800 * MS, levels.nextTimeout());
        levels.remove("anna");
        assertEquals(Long.MAX_VALUE, levels.nextTimeout());
        levels.timeout(Long.MAX_VALUE - 1, out);
        assertEquals(List.of(), events);
    }

    @Test
    void catchesUpWithOneReportAfterAStall() {
        var levels = new AudioLevels<String>(AudioLevelsConfig.speaking());
        var anna = new AudioMeter();
        levels.add(0, "anna", anna);
        anna.level(30);
        levels.timeout(10_000 * MS, out);
        assertEquals(List.of("anna -30"), events);
        assertEquals(10_200 * MS, levels.nextTimeout());
    }

    @Test
    void averagesAcrossTheWrapOfItsCounters() {
        long earlier = 0xffff_ffffL << 32 | 0xffff_fff0L;
        long later = 1L << 32 | 0x24L; // 2 more packets, 0x34 more in sum
        assertEquals(0x34 / 2, AudioMeter.average(earlier, later));
    }
}
