package dev.parley.server.top;

import dev.parley.server.admin.StatsReport;
import dev.parley.server.room.UserText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The table's lines, plain text. Names that people gave themselves come out with nothing that a terminal obeys. */
final class TopTable {
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double PERCENT = 100;
    private static final int SHORT_ID = 8;
    private static final int NAME = 24;
    private static final String LANE_ROW = "%-5s %8s %8s %9s %8s %9s %8s %6s %6s %7s %7s %6s %6s %5s %8s %6s";
    private static final String ROOM_ROW = "%-9s %7s %8s %10s %10s %10s";
    private static final String STREAM_ROW = "%-9s %-24s %-12s %10s %9s %9s %6s";

    private final StatsReport report;
    private final Rates rates;
    private final List<String> lines = new ArrayList<>();

    private TopTable(StatsReport report, Rates rates) {
        this.report = report;
        this.rates = rates;
    }

    /**
     * The table.
     *
     * @param width of a line at most, in characters
     * @param height lines at most; lanes come first, then rooms and streams share what is left
     */
    static List<String> of(StatsReport report, Rates rates, int width, int height) {
        var table = new TopTable(report, rates);
        table.head();
        table.lanes();
        table.sheds();
        table.drops();
        int left = Math.max(0, height - table.lines.size() - 4);
        int rooms = Math.min(rates.rooms().size(), Math.max(left / 2, left - rates.streams().size()));
        table.rooms(rooms);
        table.streams(left - rooms);
        return table.lines.stream()
                .limit(Math.max(1, height))
                .map(line -> line.length() > width ? line.substring(0, Math.max(0, width)) : line)
                .toList();
    }

    private void head() {
        var process = report.process();
        long people = report.rooms().stream().mapToLong(room -> room.participants().size()).sum();
        add("Parley %s   up %s   media path %s", report.version(), uptime(), report.hotPath());
        add("process %d   CPU %s %%   memory %s MB   heap %s of %s MB   GC pauses %s ms/s   files %d of %d",
                process.pid(),
                percent(rates.cpu()),
                whole(process.residentBytes() / MEGA),
                whole(process.heapUsedBytes() / MEGA),
                whole(process.heapMaxBytes() / MEGA),
                decimal(rates.gcSeconds() * KILO),
                process.openFiles(),
                process.maxFiles());
        add("rooms %d   participants %d   connections %d   kernel's receive queue %s kB, drops %s/s",
                report.rooms().size(),
                people,
                report.connections(),
                whole(report.mediaSocket().receiveBytes() / KILO),
                whole(rates.kernelDrops()));
        add("");
    }

    private String uptime() {
        long seconds = (report.timestamp() - report.startedAt()) / 1000;
        long days = seconds / 86_400;
        return (days > 0 ? days + " d " : "")
                + String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    }

    private void lanes() {
        add(LANE_ROW, "LANE", "TRANSP", "STREAMS", "IN pkt/s", "Mbit/s", "OUT pkt/s", "Mbit/s", "CPU %", "BUSY %",
                "p50 µs", "p99 µs", "BATCH", "OUT", "GSO %", "DROPS/s", "QUEUE");
        for (var lane : rates.lanes()) {
            add(LANE_ROW, lane.lane(), lane.transports(), lane.producers() + "+" + lane.consumers(),
                    whole(lane.packetsIn()), decimal(lane.bitsIn() / MEGA), whole(lane.packetsOut()),
                    decimal(lane.bitsOut() / MEGA), percent(lane.cpu()), percent(lane.busy()),
                    whole(lane.turnP50Micros()), whole(lane.turnP99Micros()), decimal(lane.batchIn()),
                    decimal(lane.batchOut()), whole(lane.segmented() * PERCENT), whole(lane.allDrops()), lane.queue());
        }
        if (rates.lanes().size() > 1) {
            var all = rates.lanes();
            add(LANE_ROW, "all", report.media().transports(),
                    report.media().producers() + "+" + report.media().consumers(),
                    whole(all.stream().mapToDouble(Rates.Lane::packetsIn).sum()),
                    decimal(all.stream().mapToDouble(Rates.Lane::bitsIn).sum() / MEGA),
                    whole(all.stream().mapToDouble(Rates.Lane::packetsOut).sum()),
                    decimal(all.stream().mapToDouble(Rates.Lane::bitsOut).sum() / MEGA),
                    percent(all.stream().mapToDouble(Rates.Lane::cpu).sum()), "", "", "", "", "", "",
                    whole(all.stream().mapToDouble(Rates.Lane::allDrops).sum()),
                    all.stream().mapToInt(Rates.Lane::queue).sum());
        }
    }

    private void sheds() {
        for (var lane : report.media().lanes()) {
            if (lane.shedding() > 0) {
                add("lane %d falls behind and leaves out %d/8 of its video consumers", lane.lane(), lane.shedding());
            }
        }
    }

    private void drops() {
        Map<String, Double> sums = new TreeMap<>();
        rates.lanes().forEach(lane -> lane.drops().forEach((reason, rate) -> sums.merge(reason, rate, Double::sum)));
        if (!sums.isEmpty()) {
            var text = new StringBuilder("drops/s:");
            sums.forEach((reason, rate) -> text.append(' ').append(reason).append(' ').append(decimal(rate)));
            lines.add(text.toString());
        }
    }

    private void rooms(int most) {
        if (most <= 0) {
            return;
        }
        add("");
        add(ROOM_ROW, "ROOM", "PEOPLE", "STREAMS", "FORWARDED", "IN kbit/s", "OUT kbit/s");
        rates.rooms().stream().limit(most).forEach(room -> add(
                ROOM_ROW,
                shortId(room.id()),
                room.participants(),
                room.streams(),
                room.consumers(),
                whole(room.bitsIn() / KILO),
                whole(room.bitsOut() / KILO)));
    }

    private void streams(int most) {
        if (most <= 0 || rates.streams().isEmpty()) {
            return;
        }
        add("");
        add(STREAM_ROW, "ROOM", "PARTICIPANT", "STREAM", "kbit/s", "packets/s", "repairs/s", "TO");
        rates.streams().stream().limit(most).forEach(stream -> add(
                STREAM_ROW,
                shortId(stream.room()),
                name(stream.participant()),
                stream.source() + (stream.paused() ? " (off)" : ""),
                whole(stream.bits() / KILO),
                decimal(stream.packets()),
                decimal(stream.repairs()),
                stream.consumers()));
    }

    private static String name(String given) {
        var safe = UserText.quoted(given);
        return safe.length() > NAME ? safe.substring(0, NAME - 1) + "…" : safe;
    }

    private static String shortId(String id) {
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String decimal(double value) {
        return value == 0 || Math.abs(value) >= PERCENT ? whole(value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String percent(double share) {
        return decimal(share * PERCENT);
    }
}
