package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.sfu.ConsumerOptions;
import dev.parley.sfu.HotPath;
import dev.parley.sfu.LaneStats;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuConfig;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A small meeting over real sockets keeps the other lanes asleep. */
final class RoomOnOneLaneTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int SUBSCRIBERS = 6;

    @Test
    void nothingOfASmallMeetingComesToAnotherLane() throws Exception {
        assumeTrue(SrtpProvider.NATIVE.unavailable().isEmpty());
        var subscribers = new ArrayList<UdpMember>();
        try (var sfu = Sfu.start(SfuConfig.defaults()
                        .withHotPath(HotPath.NATIVE)
                        .withLanes(3)
                        .withMediaPort(0)
                        .withListenAddresses(List.of("127.0.0.1"))
                        .withAnnouncedAddresses(List.of("127.0.0.1")));
                var router = sfu.createRouter(RouterOptions.defaults());
                var publisher = UdpMember.join(router, Role.CLIENT)) {
            var video = StreamSpec.video(1, 1_001, 96, Conference.EXTENSIONS).withMid("0");
            var producer = publisher.produce(video);
            for (int i = 0; i < SUBSCRIBERS; i++) {
                var member = UdpMember.join(router, Role.CLIENT);
                subscribers.add(member);
                var consumer = member.transport()
                        .consume(new ConsumerOptions(producer.id(), router.rtpCapabilities()));
                member.receive(consumer, video).expectGap();
                consumer.resume();
            }
            publisher.send(video);
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
