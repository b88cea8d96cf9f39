package dev.parley.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.loadtest.report.Result;
import dev.parley.loadtest.report.Table;
import dev.parley.server.Parley;
import dev.parley.server.config.ConfigLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Real people of the load tester at a real server in the same program. */
@EnabledOnOs(OS.LINUX)
class LoadTestTest {
    private static final Progress SILENT = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);

    @TempDir
    private Path folder;

    private Parley server(String... variables) throws IOException {
        var web = Files.createDirectories(folder.resolve("web"));
        Files.writeString(web.resolve("index.html"), "<!doctype html>");
        Files.writeString(web.resolve("meeting.html"), "<!doctype html>");
        var environment = new HashMap<>(Map.of(
                "PARLEY_PORT", "0",
                "PARLEY_MEDIA_PORT", "0",
                "PARLEY_HOST", "127.0.0.1",
                "PARLEY_DATA_DIR", folder.resolve("data").toString(),
                "PARLEY_WEB_DIR", web.toString()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Parley.start(ConfigLoader.load(Map.of(), environment, Optional.empty(), folder));
    }

    /** Nothing is wrong but what a server may do that cannot keep up, since it shares the machine with other tests. */
    private static void assertRight(Result result) {
        var faults = result.faults().stream()
                .filter(fault -> !fault.contains("left out by the server"))
                .toList();
        assertEquals(List.of(), faults, result.toString());
    }

    private static Result play(Parley server, String... options) throws Exception {
        var arguments = new ArrayList<>(List.of(options));
        arguments.add("--server=https://127.0.0.1:" + server.port());
        arguments.add("--rehearsal=0");
        arguments.add("--ramp=0.2");
        arguments.add("--settle=0");
        // On a machine that is busy with other tests, a repair takes its time.
        arguments.add("--patience=6000");
        var values = ScenarioReader.values(arguments);
        return new LoadTest(ScenarioReader.scenario(values), ScenarioReader.named(values), SILENT).run();
    }

    @Test
    void findsEverythingRepairedOnALossyNetwork() throws Exception {
        try (var server = server()) {
            var result = play(
                    server, "--participants=3", "--video-bitrate=400", "--screen-bitrate=400", "--duration=3",
                    "--loss=2", "--sockets=own");
            assertRight(result);
            assertEquals(3, result.joined());
            assertEquals(6, result.own().sockets(), "one for each transport");
            assertEquals(
                    14, result.content().checkedStreams(), "three microphones and cameras and one screen, each at two");
            assertTrue(result.loss().imitated() > 10, result.loss().toString());
            assertTrue(result.loss().repaired() > 5, result.loss().toString());
            assertEquals(0, result.loss().after());
            assertTrue(result.delay().count() > 500, result.delay().toString());
            assertTrue(result.rates().received() > 1.5 * result.rates().sent(), result.rates().toString());
            assertEquals(result.passed(), Table.of(result).contains("Passed"));
            var json = JsonMapper.shared().readTree(Main.json(result));
            assertEquals(3, json.path("joined").asInt());
            assertEquals("2", json.path("options").path("loss").asString());
        }
    }

    @Test
    void measuresTheServersProcessAndOnlyCountsStreamsOutsideOfTheSample() throws Exception {
        try (var server = server()) {
            var pid = ProcessHandle.current().pid();
            var result = play(
                    server,
                    "--publishers=1",
                    "--subscribers=6",
                    "--audio=off",
                    "--flat-rate=400",
                    "--burst=4",
                    "--duration=2",
                    "--sample=40",
                    "--interval=1",
                    "--server-pid=" + pid);
            assertRight(result);
            assertEquals(6, result.content().checkedStreams() + result.content().countedStreams());
            assertTrue(result.content().countedStreams() > 0);
            assertTrue(result.rates().received() > 4 * result.rates().sent(), result.rates().toString());
            var used = result.server().orElseThrow();
            assertTrue(used.laneSeconds() > 0 && used.laneSeconds() < used.cpuSeconds(), used.toString());
            assertTrue(used.forwardedPerLaneSecond() > 1_000, used.toString());
            var own = result.own();
            assertEquals(2, own.sockets(), "the server is on this machine: those who receive share one");
            assertTrue(own.sendingSeconds() > 0 && own.receivingSeconds() > 0, own.toString());
            assertTrue(own.sendingSeconds() + own.receivingSeconds() < own.cpuSeconds(), own.toString());
            var margin = result.margin().orElseThrow();
            assertEquals(own.receivedPerCpuSecond() / used.forwardedPerLaneSecond(), margin.receiving(), 1e-6);
            assertTrue(margin.mediaThreads() < margin.receiving(), "sending costs, too: " + margin);
            assertEquals(1, margin.processes(), 0.1, "server and load tester are one process here");
            assertTrue(Table.of(result).contains("this program / server"), Table.of(result));
            assertTrue(JsonMapper.shared().readTree(Main.json(result)).path("margin").path("receiving").asDouble() > 0);
        }
    }

    @Test
    void letsPeopleComeAndGo() throws Exception {
        try (var server = server()) {
            var result = play(
                    server, "--rooms=2", "--participants=3", "--video-bitrate=300", "--duration=3", "--leave-rate=2",
                    "--join-rate=2");
            assertRight(result);
            assertTrue(result.join().count() > 6, "somebody came again");
        }
    }

    @Test
    void explainsWhyTheServerRefusesAndWhatHelps() throws Exception {
        try (var server = server("PARLEY_ROOMS_PER_MINUTE", "1")) {
            var refused = assertThrows(JoinException.class, () -> play(server, "--rooms=5", "--participants=1"));
            assertTrue(refused.getMessage().contains("--rooms-per-minute"), refused.getMessage());
        }
        try (var server = server("PARLEY_MAX_PARTICIPANTS", "2")) {
            var refused = assertThrows(JoinException.class, () -> play(server, "--participants=4"));
            assertTrue(refused.getMessage().contains("--max-participants"), refused.getMessage());
        }
    }

    @Test
    void saysThatThereIsNoServer() {
        var values = ScenarioReader.values(List.of("--server=https://127.0.0.1:9"));
        var refused = assertThrows(
                JoinException.class,
                () -> new LoadTest(ScenarioReader.scenario(values), Map.of(), SILENT).run());
        assertTrue(refused.getMessage().contains("No connection to wss://127.0.0.1:9"), refused.getMessage());
    }

    @Test
    void failsWhenNothingWasReceived() throws Exception {
        try (var server = server()) {
            var result = play(server, "--publishers=1", "--duration=0.2");
            assertFalse(result.passed());
        }
    }
}
