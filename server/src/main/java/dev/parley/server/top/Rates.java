package dev.parley.server.top;

import dev.parley.server.admin.ProcessStats;
import dev.parley.server.admin.StatsReport;
import dev.parley.server.room.RoomCensus;
import dev.parley.sfu.Histogram;
import dev.parley.sfu.LaneStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went on in a server between two reports. Shares are 0–1, and of one core where they are about the processor.
 *
 * @param seconds how long the interval was
 * @param cpu processor time of the process, in cores
 * @param gcSeconds in which everything stood still for garbage collection, a second
 * @param kernelDrops packets lost in the kernel, a second
 * @param lanes each lane
 * @param rooms those with the most traffic first
 * @param streams those with the highest bitrate first
 */
public record Rates(
        double seconds,
        double cpu,
        double gcSeconds,
        double kernelDrops,
        List<Lane> lanes,
        List<Room> rooms,
        List<Stream> streams) {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;
    private static final double MICRO = 1e3;
    private static final int BITS = 8;

    /**
     * A lane.
     *
     * @param packetsIn a second
     * @param bitsIn a second
     * @param packetsOut a second
     * @param bitsOut a second
     * @param cpu share of a core that its thread used
     * @param busy share of the time that it did not wait
     * @param turnP50Micros of the turns that did something, as is
     * @param turnP99Micros the 99th percentile
     * @param batchIn packets a turn that received any, as is
     * @param batchOut packets a turn that sent any
     * @param segmented share of the packets sent that left in segmented messages
     * @param drops a second, by reason; only what was dropped
     * @param queue calls that wait now
     */
    public record Lane(
            int lane,
            int transports,
            int producers,
            int consumers,
            double packetsIn,
            double bitsIn,
            double packetsOut,
            double bitsOut,
            double cpu,
            double busy,
            double turnP50Micros,
            double turnP99Micros,
            double batchIn,
            double batchOut,
            double segmented,
            Map<String, Double> drops,
            int queue) {
        /** All drops, a second. */
        public double allDrops() {
            return drops.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** A room; bits a second. */
    public record Room(String id, int participants, int streams, int consumers, double bitsIn, double bitsOut) {}

    /** A stream; packets, repairs and bits a second. */
    public record Stream(
            String room,
            String participant,
            String source,
            boolean paused,
            int consumers,
            double packets,
            double repairs,
            double bits) {}

    /** The rates between two reports of one server, in this order. */
    static Rates between(StatsReport earlier, StatsReport later) {
        double seconds = Math.max(1e-3, (later.timestamp() - earlier.timestamp()) / MILLIS);
        var lanes = new ArrayList<Lane>();
        for (int i = 0; i < later.media().lanes().size(); i++) {
            if (i < earlier.media().lanes().size()) {
                lanes.add(lane(earlier.media().lanes().get(i), later.media().lanes().get(i), seconds));
            }
        }
        return new Rates(
                seconds,
                (later.process().cpuSeconds() - earlier.process().cpuSeconds()) / seconds,
                (pauses(later.process()) - pauses(earlier.process())) / seconds,
                (later.mediaSocket().packetsDropped() - earlier.mediaSocket().packetsDropped()) / seconds,
                lanes,
                rooms(earlier, later, seconds),
                streams(earlier, later, seconds));
    }

    /** Collectors that name their pauses count them; one that does not stops everything all the while. */
    private static double pauses(ProcessStats process) {
        boolean named = process.collectors().stream().anyMatch(one -> one.name().contains("Pauses"));
        return process.collectors().stream()
                .filter(one -> !named || one.name().contains("Pauses"))
                .mapToDouble(ProcessStats.Collector::seconds)
                .sum();
    }

    private static Lane lane(LaneStats before, LaneStats after, double seconds) {
        var turns = after.turnNanos().since(before.turnNanos());
        var drops = new TreeMap<String, Double>();
        after.drops().forEach((reason, count) -> {
            long more = count - before.drops().getOrDefault(reason, 0L);
            if (more > 0) {
                drops.put(reason, more / seconds);
            }
        });
        double sent = after.packetsSent() - before.packetsSent();
        double segmented = after.socket().segmentedPackets() - before.socket().segmentedPackets();
        return new Lane(
                after.lane(),
                after.transports(),
                after.producers(),
                after.consumers(),
                (after.packetsReceived() - before.packetsReceived()) / seconds,
                (after.bytesReceived() - before.bytesReceived()) * BITS / seconds,
                sent / seconds,
                (after.bytesSent() - before.bytesSent()) * BITS / seconds,
                (after.cpuNanos() - before.cpuNanos()) / NANOS / seconds,
                (after.busyNanos() - before.busyNanos()) / NANOS / seconds,
                turns.quantile(0.5) / MICRO,
                turns.quantile(0.99) / MICRO,
                added(before.receiveBatch(), after.receiveBatch()).mean(),
                added(before.sendBatch(), after.sendBatch()).mean(),
                sent == 0 ? 0 : Math.min(1, segmented / sent),
                drops,
                after.commandsWaiting());
    }

    private static Histogram added(Histogram before, Histogram after) {
        return after.since(before);
    }

    private static List<Room> rooms(StatsReport earlier, StatsReport later, double seconds) {
        var before = new HashMap<String, RoomCensus.Person>();
        earlier.rooms().forEach(room -> room.participants().forEach(person -> before.put(person.id(), person)));
        var rooms = new ArrayList<Room>();
        for (var room : later.rooms()) {
            double in = 0;
            double out = 0;
            int streams = 0;
            int consumers = 0;
            for (var person : room.participants()) {
                var was = before.get(person.id());
                in += more(was == null ? 0 : was.bytesReceived(), person.bytesReceived());
                out += more(was == null ? 0 : was.bytesSent(), person.bytesSent());
                streams += person.streams().size();
                consumers += person.consumers();
            }
            rooms.add(new Room(
                    room.id(),
                    room.participants().size(),
                    streams,
                    consumers,
                    in * BITS / seconds,
                    out * BITS / seconds));
        }
        rooms.sort(Comparator.comparingDouble((Room room) -> room.bitsIn() + room.bitsOut())
                .thenComparingInt(Room::participants)
                .reversed());
        return rooms;
    }

    /** A counter's increase; a transport that closed takes its counts with it, which is no negative traffic. */
    private static long more(long before, long after) {
        return Math.max(0, after - before);
    }

    private static List<Stream> streams(StatsReport earlier, StatsReport later, double seconds) {
        var before = new HashMap<String, RoomCensus.Stream>();
        earlier.rooms()
                .forEach(room -> room.participants()
                        .forEach(person -> person.streams().forEach(stream -> before.put(stream.id(), stream))));
        var streams = new ArrayList<Stream>();
        for (var room : later.rooms()) {
            for (var person : room.participants()) {
                for (var stream : person.streams()) {
                    var was = before.getOrDefault(stream.id(), stream);
                    streams.add(new Stream(
                            room.id(),
                            person.name(),
                            stream.source(),
                            stream.paused(),
                            stream.consumers(),
                            more(was.counts().packets(), stream.counts().packets()) / seconds,
                            more(was.counts().repairs(), stream.counts().repairs()) / seconds,
                            more(was.counts().bytes(), stream.counts().bytes()) * BITS / seconds));
                }
            }
        }
        streams.sort(Comparator.comparingDouble(Stream::bits).reversed());
        return streams;
    }
}
