package dev.parley.server.admin;

import dev.parley.server.room.RoomCensus;
import dev.parley.sfu.LaneStats;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The page that Prometheus scrapes: totals and lanes. Rooms and participants are counted and never named, and nothing
 * has a label whose values grow with use.
 */
final class MetricsPage {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final double SHED_STEPS = 8;
    /** Turns from 1 µs to 1 s have bounds of their own, */
    private static final int SHORTEST = 10;

    private static final int LONGEST = 30;
    /** and batches of 1 to 1024. */
    private static final int LARGEST = 10;

    private final PrometheusText text = new PrometheusText();
    private final StatsReport report;

    private MetricsPage(StatsReport report) {
        this.report = report;
    }

    /** The page. */
    static String of(StatsReport report) {
        var page = new MetricsPage(report);
        page.server();
        page.lanes();
        page.severalLanes();
        page.sockets();
        page.tcp();
        page.turns();
        page.process();
        page.virtualMachine();
        return page.text.toString();
    }

    private void server() {
        text.family("parley_build_info", "gauge", "Always 1; the labels tell the version and the hot path.")
                .sample(1, "version", report.version(), "hot_path", report.hotPath().split(" ")[0]);
        gauge("parley_rooms", "Open rooms.", report.rooms().size());
        gauge("parley_participants", "Participants in all rooms, lost ones in their grace period included.",
                people(true) + people(false));
        gauge("parley_participants_disconnected", "Participants whose connection broke and who may still come back.",
                people(false));
        gauge("parley_signalling_connections", "Open signalling connections.", report.connections());
        report.reach().coturn().ifPresent(coturn -> {
            gauge("parley_coturn_up", "1 while the coturn that this server started answers.", coturn.up() ? 1 : 0);
            text.family("parley_coturn_restarts_total", "counter", "How often it had to be started again.")
                    .sample(coturn.restarts());
        });
    }

    private long people(boolean connected) {
        return report.rooms().stream()
                .map(RoomCensus::participants)
                .flatMap(List::stream)
                .filter(person -> person.connected() == connected)
                .count();
    }

    private void lanes() {
        each("parley_lane_transports", "gauge", "Open transports.", LaneStats::transports);
        each("parley_lane_producers", "gauge", "Streams that clients send.", LaneStats::producers);
        each("parley_lane_consumers", "gauge", "Streams that are forwarded to clients.", LaneStats::consumers);
        each("parley_lane_handshakes", "gauge", "DTLS handshakes that are going on.", LaneStats::handshakes);
        each("parley_lane_received_packets_total", "counter", "Datagrams received.", LaneStats::packetsReceived);
        each("parley_lane_received_bytes_total", "counter", "UDP payload received.", LaneStats::bytesReceived);
        each("parley_lane_sent_packets_total", "counter", "Datagrams sent.", LaneStats::packetsSent);
        each("parley_lane_sent_bytes_total", "counter", "UDP payload sent.", LaneStats::bytesSent);
        text.family("parley_lane_dropped_packets_total", "counter", "Packets dropped, by reason.");
        for (var lane : report.media().lanes()) {
            lane.drops().forEach((reason, count) -> text.sample(count, "lane", name(lane), "reason", reason));
        }
        each("parley_lane_busy_seconds_total", "counter", "Time in turns, waiting not included.",
                lane -> lane.busyNanos() / NANOS);
        each("parley_lane_cpu_seconds_total", "counter", "Processor time of the lane's thread.",
                lane -> Math.max(0, lane.cpuNanos() / NANOS));
        each("parley_lane_commands_total", "counter", "Calls carried out for signalling.", LaneStats::commands);
        each("parley_lane_command_queue_length", "gauge", "Calls that wait for the lane.", LaneStats::commandsWaiting);
    }

    private void severalLanes() {
        each("parley_lane_handed_over_packets_total", "counter",
                "Datagrams that came to this lane's socket and went to the lane of their transport.",
                LaneStats::handedOver);
        each("parley_lane_adopted_transports_total", "counter", "Transports that came to this lane to stay.",
                LaneStats::adopted);
        each("parley_lane_shedding_ratio", "gauge",
                "Share of the video consumers left out now since the lane falls behind.",
                lane -> lane.shedding() / SHED_STEPS);
    }

    private void tcp() {
        report.media().tcp().ifPresent(tcp -> {
            gauge("parley_tcp_connections", "Open TCP connections for media.", tcp.connections());
            text.family("parley_tcp_accepted_total", "counter", "TCP connections for media that were let in.")
                    .sample(tcp.accepted());
            text.family("parley_tcp_received_bytes_total", "counter", "Bytes of datagrams received over TCP.")
                    .sample(tcp.bytesReceived());
            text.family("parley_tcp_sent_bytes_total", "counter", "Bytes written to TCP connections.")
                    .sample(tcp.bytesSent());
            text.family("parley_tcp_dropped_total", "counter", "Dropped before a lane had it, or turned away, by reason.");
            tcp.drops().forEach((reason, count) -> text.sample(count, "reason", reason));
        });
    }

    private void sockets() {
        each("parley_lane_receive_calls_total", "counter", "System calls that received something.",
                lane -> lane.socket().receiveCalls());
        each("parley_lane_send_calls_total", "counter", "System calls that sent.", lane -> lane.socket().sendCalls());
        each("parley_lane_sent_messages_total", "counter", "Messages handed to the kernel; one may hold many packets.",
                lane -> lane.socket().messagesSent());
        each("parley_lane_segmented_messages_total", "counter", "Messages that hold several packets (UDP GSO).",
                lane -> lane.socket().segmentedMessages());
        each("parley_lane_segmented_packets_total", "counter", "Packets in messages that hold several (UDP GSO).",
                lane -> lane.socket().segmentedPackets());
        gauge("parley_media_socket_receive_queue_bytes", "Waiting in the kernel to be received, in its accounting.",
                report.mediaSocket().receiveBytes());
        text.family("parley_media_socket_dropped_packets_total", "counter",
                        "Lost in the kernel since a receive buffer was full: the lanes did not keep up.")
                .sample(report.mediaSocket().packetsDropped());
    }

    private void turns() {
        text.family("parley_lane_turn_seconds", "histogram",
                "How long turns took that had something to do; a turn forwards all that it received.");
        for (var lane : report.media().lanes()) {
            text.histogram(lane.turnNanos(), NANOS, SHORTEST, LONGEST, "lane", name(lane));
        }
        text.family("parley_lane_receive_batch_packets", "histogram", "Packets received in a turn that received any.");
        for (var lane : report.media().lanes()) {
            text.histogram(lane.receiveBatch(), 1, 0, LARGEST, "lane", name(lane));
        }
        text.family("parley_lane_send_batch_packets", "histogram", "Packets sent in a turn that sent any.");
        for (var lane : report.media().lanes()) {
            text.histogram(lane.sendBatch(), 1, 0, LARGEST, "lane", name(lane));
        }
    }

    /** The names that all Prometheus clients use. */
    private void process() {
        var process = report.process();
        text.family("process_cpu_seconds_total", "counter", "Processor time of the process.")
                .sample(process.cpuSeconds());
        gauge("process_start_time_seconds", "When the process started, in seconds since 1970.",
                report.startedAt() / MILLIS);
        gauge("process_resident_memory_bytes", "Physical memory in use.", process.residentBytes());
        gauge("process_open_fds", "Open file descriptors.", process.openFiles());
        gauge("process_max_fds", "How many file descriptors may be open.", process.maxFiles());
    }

    private void virtualMachine() {
        var process = report.process();
        text.family("jvm_memory_used_bytes", "gauge", "Memory in use, by area.")
                .sample(process.heapUsedBytes(), "area", "heap")
                .sample(process.otherUsedBytes(), "area", "nonheap");
        text.family("jvm_memory_committed_bytes", "gauge", "Memory that the JVM has from the system, by area.")
                .sample(process.heapCommittedBytes(), "area", "heap");
        text.family("jvm_memory_max_bytes", "gauge", "The most that the area may have.")
                .sample(process.heapMaxBytes(), "area", "heap");
        gauge("jvm_buffer_pool_used_bytes", "Memory in direct buffers.", process.bufferBytes());
        gauge("jvm_threads_current", "Platform threads.", process.threads());
        text.family("jvm_gc_collection_seconds", "summary",
                "Garbage collection: pauses, in which everything stands still, and cycles, which run beside the work.");
        for (var collector : process.collectors()) {
            text.line("_count", collector.count(), "gc", collector.name())
                    .line("_sum", collector.seconds(), "gc", collector.name());
        }
    }

    private void gauge(String name, String help, double value) {
        text.family(name, "gauge", help).sample(value);
    }

    private void each(String name, String type, String help, ToDoubleFunction<LaneStats> value) {
        text.family(name, type, help);
        for (var lane : report.media().lanes()) {
            text.sample(value.applyAsDouble(lane), "lane", name(lane));
        }
    }

    private static String name(LaneStats lane) {
        return Integer.toString(lane.lane());
    }
}
