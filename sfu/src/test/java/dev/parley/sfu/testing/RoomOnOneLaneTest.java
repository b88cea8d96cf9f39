package dev.parley.sfu.testing;

import static dev.parley.sfu.testing.RealSfu.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.LaneStats;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** A small meeting over real sockets keeps the other lanes asleep. */
final class RoomOnOneLaneTest {
    private static final int SUBSCRIBERS = 6;

    @Test
    void nothingOfASmallMeetingComesToAnotherLane() throws Exception {
        assumeTrue(SrtpProvider.NATIVE.unavailable().isEmpty());
        var subscribers = new ArrayList<UdpMember>();
        try (var sfu = RealSfu.start(HotPath.NATIVE, 3, "127.0.0.1");
                var router = sfu.createRouter(RouterOptions.defaults());
                var publisher = UdpMember.join(router, Role.CLIENT)) {
            var producer = publisher.produce(UdpMember.VIDEO);
            for (int i = 0; i < SUBSCRIBERS; i++) {
                var member = UdpMember.join(router, Role.CLIENT);
                subscribers.add(member);
                member.subscribe(producer, UdpMember.VIDEO).incoming().expectGap();
            }
            publisher.send(UdpMember.VIDEO);
            for (var member : subscribers) {
                member.peer().await("20 frames", SOON, engine -> engine.incoming().stream()
                        .allMatch(stream -> stream.frames() >= 20));
            }
            var lanes = sfu.stats().lanes();
            assertEquals(SUBSCRIBERS + 1, lanes.getFirst().transports());
            assertEquals(0, lanes.stream().skip(1).mapToLong(LaneStats::packetsReceived).sum());
            assertEquals(0, lanes.stream().mapToLong(LaneStats::handedOver).sum());
        } finally {
            subscribers.forEach(UdpMember::close);
        }
    }
}
