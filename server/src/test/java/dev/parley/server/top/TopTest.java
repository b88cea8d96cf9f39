package dev.parley.server.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.admin.KernelQueue;
import dev.parley.server.admin.ProcessStats;
import dev.parley.server.admin.ReachStats;
import dev.parley.server.admin.StatsReport;
import dev.parley.server.config.ConfigException;
import dev.parley.server.room.RoomCensus;
import dev.parley.server.testing.TestServer;
import dev.parley.sfu.Histogram;
import dev.parley.sfu.LaneStats;
import dev.parley.sfu.SfuStats;
import dev.parley.sfu.SocketStats;
import dev.parley.sfu.StreamCounts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class TopTest {
    @TempDir
    private Path folder;

    /** What a run of the command left. */
    private record Outcome(int status, String out, String err) {}

    private static Outcome top(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = TopCommand.run(
                args,
                config -> Path.of("/nowhere"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void showsARealServerOnce() {
        try (var server = TestServer.start(folder, Map.of())) {
            var room = server.room();
            server.join(room, "Ada");
            var shown = top("--once", "--interval", "0.1", "--data-dir", folder.resolve("data").toString());
            assertEquals(0, shown.status(), shown.err());
            assertTrue(shown.out().contains("rooms 1   participants 1   connections 1"), shown.out());
            assertTrue(shown.out().lines().anyMatch(line -> line.startsWith("LANE ")), shown.out());
            assertTrue(shown.out().lines().anyMatch(line -> line.matches("0 .*")), shown.out());
            assertTrue(shown.out().contains(room.id().substring(0, 8)), shown.out());
            assertFalse(shown.out().contains("\u001b"), "nothing but text");
        }
    }

    @Test
    void printsJsonForPrograms() {
        try (var server = TestServer.start(folder, Map.of())) {
            server.room();
            var shown = top("--once", "--json", "--interval=0.1", "--data-dir=" + folder.resolve("data"));
            assertEquals(0, shown.status(), shown.err());
            var json = new JsonMapper().readTree(shown.out());
            assertTrue(json.get("seconds").doubleValue() >= 0.1);
            assertTrue(json.at("/lanes/0/packetsIn").isNumber());
            assertEquals(1, json.get("rooms").size());
            assertEquals(1, shown.out().lines().count());
        }
    }

    @Test
    void saysWhereItLookedWhenNoServerAnswers() {
        var shown = top("--once", "--data-dir", folder.toString());
        assertEquals(1, shown.status());
        assertTrue(shown.err().contains(folder.resolve("admin.sock").toString()), shown.err());
        assertTrue(shown.err().contains("--data-dir"), shown.err());
        assertEquals("", shown.out());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThrows(ConfigException.class, () -> top("--twice"));
        assertThrows(ConfigException.class, () -> top("--interval", "0"));
        assertTrue(top("--help").out().startsWith("Usage: ./run top"));
    }

    private static LaneStats lane(long packets, long busyNanos, Map<String, Long> drops, long turns) {
        var nanos = new Histogram(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, turns), 1_000 * turns);
        var batch = new Histogram(List.of(0L, 0L, turns), 4 * turns);
        return new LaneStats(0, 2, 1, 3, 0, packets, 100 * packets, 3 * packets, 300 * packets, drops, busyNanos,
                busyNanos / 2, nanos, batch, batch, 7, 5, 0, 0, 3, new SocketStats(1, 1, packets, packets / 4, packets, 0));
    }

    private static StatsReport report(long millis, LaneStats lane, String name, long streamPackets) {
        var stream = new RoomCensus.Stream("p1", "camera", false, 3, new StreamCounts(streamPackets, 1_000 * streamPackets, 2));
        var person = new RoomCensus.Person("a", name, true, 10, 10 * streamPackets, 10, 10, 0, List.of(stream));
        var process = new ProcessStats(1, millis / 1000.0, 5_000_000, 1, 1, 1, 1, 1, 1, 1, 1,
                List.of(new ProcessStats.Collector("ZGC Minor Cycles", 1, millis),
                        new ProcessStats.Collector("ZGC Minor Pauses", 1, millis / 1e6)));
        var media = new SfuStats(millis, 1, 2, 1, 3, 0, 0, 0, 0, Map.of(), List.of(lane), Optional.empty());
        return new StatsReport("1", "native (x)", 0, millis, 1,
                new ReachStats(1, 2, List.of(), Optional.empty()), process, new KernelQueue(0, millis / 100), media,
                List.of(new RoomCensus("0123456789abcdef", List.of(person))));
    }

    private static final StatsReport BEFORE = report(10_000, lane(1_000, 1_000_000, Map.of("duplicate", 4L), 10), "Ada", 100);

    @Test
    void makesRatesOfTwoReports() {
        var after = report(12_000, lane(3_000, 1_001_000_000, Map.of("duplicate", 4L, "too-old", 6L), 50), "Ada", 300);
        var rates = Rates.between(BEFORE, after);
        assertEquals(2, rates.seconds());
        assertEquals(1, rates.cpu(), 1e-9);
        assertEquals(0.001, rates.gcSeconds(), 1e-9, "cycles beside the work stop nobody");
        assertEquals(10, rates.kernelDrops());
        var lane = rates.lanes().getFirst();
        assertEquals(1_000, lane.packetsIn());
        assertEquals(800_000, lane.bitsIn());
        assertEquals(3_000, lane.packetsOut());
        assertEquals(0.5, lane.busy(), 1e-9);
        assertEquals(0.25, lane.cpu(), 1e-9);
        assertEquals(4, lane.batchIn());
        assertEquals(1.0 / 3, lane.segmented(), 1e-9);
        assertEquals(Map.of("too-old", 3.0), lane.drops());
        assertTrue(lane.turnP50Micros() > 0.5 && lane.turnP99Micros() <= 1.024);
        var stream = rates.streams().getFirst();
        assertEquals(100, stream.packets());
        assertEquals(800_000, stream.bits());
        assertEquals(8_000, rates.rooms().getFirst().bitsIn());
    }

    @Test
    void staysInsideItsTerminalAndObeysNoNames() {
        var evil = "\u001b]0;evil\u0007\u202e name that is far too long for its column";
        var after = report(12_000, lane(3_000, 1_001_000_000, Map.of("too-old", 6L), 50), evil, 300);
        for (int height : new int[] {1, 5, 9, 24, 60}) {
            for (int width : new int[] {1, 40, 80, 200}) {
                var lines = TopTable.of(after, Rates.between(BEFORE, after), width, height);
                assertTrue(lines.size() <= height, height + ": " + lines);
                for (var line : lines) {
                    assertTrue(line.length() <= width, line);
                    assertTrue(line.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202e), line);
                }
            }
        }
        var all = String.join("\n", TopTable.of(after, Rates.between(BEFORE, after), 200, 60));
        assertTrue(all.contains("too-old 3"), all);
        assertTrue(all.contains("lane 0 falls behind and leaves out 3/8"), all);
        assertTrue(all.contains("camera"), all);
    }

    @Test
    void knowsTheTerminalsSizeOrTakesTheUsual() {
        assertEquals(new Terminal.Size(50, 132), Terminal.Size.parse("50 132\n"));
        for (var text : List.of("", "0 0", "x y", "24")) {
            assertEquals(Terminal.Size.USUAL, Terminal.Size.parse(text), text);
        }
    }
}
