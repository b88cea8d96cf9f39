package dev.parley.sfu.testing;

import static dev.parley.sfu.testing.RealSfu.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.LaneStats;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The counters of lanes that really run, on either hot path. */
@ParameterizedClass
@EnumSource(value = HotPath.class, names = {"NATIVE", "JAVA"})
final class LaneStatsTest {
    @Parameter
    private HotPath hotPath;

    @Test
    void agreeWithEachOtherAndWithTheirSums() throws Exception {
        try (var sfu = RealSfu.start(hotPath, 0, "127.0.0.1");
                var router = sfu.createRouter(RouterOptions.defaults());
                var publisher = UdpMember.join(router, Role.CLIENT);
                var subscriber = UdpMember.join(router, Role.CLIENT)) {
            var producer = publisher.produce(UdpMember.VIDEO);
            var consumer = subscriber.subscribe(producer, UdpMember.VIDEO).consumer();
            publisher.send(UdpMember.VIDEO);
            subscriber.peer().await("60 frames", SOON, engine -> engine.incoming().getFirst().frames() >= 60);

            var first = sfu.stats();
            var count = subscriber.peer().on((engine, now) -> engine.incoming().getFirst().frames());
            subscriber.peer().await(
                    "30 more frames", SOON, engine -> engine.incoming().getFirst().frames() >= count + 30);
            var second = sfu.stats();
            assertEquals(2, second.transports());
            assertTrue(second.packetsSent() > first.packetsSent());
            assertTrue(consumer.counts().packets() > 0);
            assertTrue(producer.counts().packets() >= consumer.counts().packets());
            for (var lane : second.lanes()) {
                if (lane.packetsSent() > 0) {
                    check(lane);
                }
            }
            assertEquals(sum(second.lanes()), second.packetsSent());
        }
    }

    private static long sum(List<LaneStats> lanes) {
        return lanes.stream().mapToLong(LaneStats::packetsSent).sum();
    }

    /** The lane runs on while it is read, so what is read later may be larger, by a few turns at most. */
    private static void check(LaneStats lane) {
        assertTrue(near(lane.packetsReceived(), lane.receiveBatch().sum()), lane.toString());
        assertTrue(near(lane.packetsSent(), lane.sendBatch().sum()), lane.toString());
        var socket = lane.socket();
        var datagrams = socket.messagesSent() - socket.segmentedMessages() + socket.segmentedPackets();
        assertTrue(near(lane.packetsSent(), datagrams), lane.toString());
        assertTrue(socket.sendCalls() > 0 && socket.sendCalls() <= socket.messagesSent() + 1, lane.toString());
        assertTrue(socket.receiveCalls() > 0 && socket.receiveCalls() <= lane.packetsReceived() + 1, lane.toString());
        assertTrue(lane.turnNanos().count() > 30, lane.toString());
        assertTrue(lane.commands() > 0, lane.toString());
        assertTrue(lane.cpuNanos() > 0, lane.toString());
        assertTrue(lane.busyNanos() >= lane.turnNanos().sum(), lane.toString());
        assertTrue(lane.turnNanos().quantile(0.5) <= lane.turnNanos().quantile(0.99), lane.toString());
    }

    private static boolean near(long before, long after) {
        return Math.abs(after - before) <= 64;
    }
}
