package dev.parley.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
    private static Scenario read(String... arguments) {
        return ScenarioReader.scenario(ScenarioReader.values(List.of(arguments)));
    }

    private static String refused(String... arguments) {
        return String.valueOf(assertThrows(UsageException.class, () -> read(arguments)).getMessage());
    }

    @Test
    void readsEachPreset() {
        for (var preset : Preset.values()) {
            var scenario = read("--scenario=" + preset.key());
            assertEquals(preset.key(), scenario.name());
            assertTrue(scenario.people() > 1, preset.key());
        }
        var audio = read("--scenario", "audio-500");
        assertEquals(500, audio.people());
        assertEquals(Scenario.Audio.DTX, audio.audio());
        assertEquals(Duration.ofSeconds(60), audio.duration());
    }

    @Test
    void isTheSmokeTestWhenNothingIsSaid() {
        assertEquals("smoke", read().name());
        assertEquals("smoke", read("--loss=1").name());
        assertEquals("custom", read("--participants=3").name());
    }

    @Test
    void letsTheCommandLineWinOverTheFileAndTheFileOverThePreset(@TempDir Path folder) throws IOException {
        var file = folder.resolve("mine.properties");
        Files.writeString(file, "# mine\nscenario = video-80\nrooms = 3\nloss = 1.5\n\n");
        var scenario = read("--file", file.toString(), "--loss=2", "--video-bitrate", "700");
        assertEquals(3, scenario.rooms());
        assertEquals(4, scenario.participants());
        assertEquals(0.02, scenario.loss());
        assertEquals(700_000, scenario.videoBitrate());
    }

    @Test
    void namesWhatDoesNotWork() {
        assertEquals("There is no option --room.", refused("--room=3"));
        assertEquals("--rooms is a whole number from 1 to 10000, not \"many\".", refused("--rooms=many"));
        assertEquals("--loss is a number from 0.0 to 50.0, not \"80\".", refused("--loss=80"));
        assertEquals("--audio is off, muted, dtx or steady, not \"loud\".", refused("--audio", "loud"));
        assertEquals("\"rooms=3\" is no option.", refused("rooms=3"));
        assertEquals("--rooms needs a value: --rooms=N.", refused("--rooms"));
        assertEquals("Nobody takes part: say --participants, --publishers or --subscribers.",
                refused("--publishers=0"));
        assertTrue(refused("--scenario=big").startsWith("There is no scenario big. There are: smoke, audio-500"));
        assertTrue(refused("--server=localhost:3000").startsWith("--server is a URL such as"));
        assertTrue(refused("--file=/does/not/exist").startsWith("The scenario file /does/not/exist cannot be read"));
    }

    @Test
    void keepsWhatWasAskedForBesideTheResult() {
        var named = ScenarioReader.named(ScenarioReader.values(List.of("--scenario=fan-10", "--seed=9")));
        assertEquals("400", named.get("flat-rate"));
        assertEquals("9", named.get("seed"));
        assertEquals("fan-10", named.get("scenario"));
    }

    @Test
    void showsEachOptionAndPresetInItsHelp() {
        var help = Main.help();
        for (var option : Option.values()) {
            assertTrue(help.contains("--" + option.key() + "="), option.key());
        }
        for (var preset : Preset.values()) {
            assertTrue(help.contains(preset.key()), preset.key());
        }
    }
}
