package dev.parley.sfu.testing;

import static dev.parley.sfu.testing.RealSfu.SOON;
import static dev.parley.sfu.testing.RealSfu.assertForwards;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.IceCandidate;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuConfig;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients whose network lets no UDP through: the public API over real TCP connections, on either hot path. */
@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
@CsvSource({"NATIVE, 1, 127.0.0.1", "JAVA, 1, 127.0.0.1", "NATIVE, 3, ::1", "JAVA, 2, 127.0.0.1"})
final class TcpConferenceTest {
    @Parameter(0)
    private HotPath hotPath;

    @Parameter(1)
    private int lanes;

    @Parameter(2)
    private String address;

    private Sfu start() {
        return RealSfu.start(hotPath, lanes, address);
    }

    @Test
    void forwardsVideoAndAudioBetweenUdpAndTcp() throws Exception {
        try (var sfu = start();
                var router = sfu.createRouter(RouterOptions.defaults());
                var publisher = UdpMember.joinByTcp(router, Role.CLIENT);
                var first = UdpMember.joinByTcp(router, Role.SERVER);
                var second = UdpMember.join(router, Role.CLIENT)) {
            assertForwards(publisher, List.of(first, second));
            var tcp = sfu.stats().tcp().orElseThrow();
            assertEquals(2, tcp.connections());
            assertTrue(tcp.packetsReceived() > 100 && tcp.bytesSent() > 10_000, tcp::toString);
            assertEquals(java.util.Map.of(), tcp.drops());
        }
    }

    @Test
    void aClientThatReadsNothingLosesVideoBeforeSoundAndHoldsUpNobody() throws Exception {
        var stalled = new TcpSocket[1];
        try (var sfu = start();
                var router = sfu.createRouter(RouterOptions.defaults());
                var publisher = UdpMember.join(router, Role.CLIENT);
                var slow = UdpMember.join(router, Role.CLIENT, "tcp", remote -> {
                    stalled[0] = new TcpSocket(remote, 1 << 14);
                    return stalled[0];
                });
                var quick = UdpMember.join(router, Role.CLIENT)) {
            for (var spec : List.of(UdpMember.VIDEO, UdpMember.AUDIO)) {
                var producer = publisher.produce(spec);
                for (var member : List.of(slow, quick)) {
                    member.subscribe(producer, spec).incoming().expectGap();
                }
                publisher.send(spec);
            }
            slow.peer().await("media", SOON, engine -> engine.incoming().stream().allMatch(one -> one.frames() > 5));
            slow.peer().run((engine, now) -> stalled[0].read(false));
            var frames = quick.peer().on((engine, now) -> engine.incoming().getFirst().frames());
            quick.peer().await("video is left out for the one who reads nothing", Duration.ofSeconds(40), engine ->
                    slow.transport().stats().drops().containsKey("tcp-queue-video"));
            quick.peer().await("the other one goes on", SOON, engine ->
                    engine.incoming().getFirst().frames() > frames + 20);
            assertFalse(slow.transport().stats().drops().containsKey("tcp-queue-full"), "sound is never left out");
            var before = slow.peer().on((engine, now) -> {
                stalled[0].read(true);
                return engine.incoming().getFirst().keyFrames();
            });
            slow.peer().await("a key frame", SOON, engine -> engine.incoming().getFirst().keyFrames() > before);
            var shown = slow.peer().on((engine, now) -> engine.incoming().getFirst().frames());
            slow.peer().await("video goes on", SOON, engine -> engine.incoming().getFirst().frames() > shown + 20);
            quick.peer().run((engine, now) ->
                    engine.incoming().forEach(stream -> assertEquals(List.of(), stream.wrong())));
            slow.peer().run((engine, now) -> {
                // The picture has a gap, and goes on with a key frame; the sound has none.
                var jumps = engine.incoming().getFirst().wrong().stream()
                        .filter(one -> !one.contains("key=true") && !one.contains("ticks later"))
                        .toList();
                assertEquals(List.of(), jumps);
                assertEquals(List.of(), engine.incoming().getLast().wrong());
            });
        }
    }

    @Test
    void offersTcpAfterUdpOnTheSamePortAndOnlyIfItIsOn() {
        try (var sfu = start();
                var router = sfu.createRouter(RouterOptions.defaults());
                var transport = router.createWebRtcTransport()) {
            var candidates = transport.iceCandidates();
            assertEquals(List.of("udp", "tcp"), candidates.stream().map(IceCandidate::protocol).toList());
            var udp = candidates.getFirst();
            var tcp = candidates.getLast();
            assertTrue(udp.priority() > tcp.priority());
            assertEquals(1_076_302_079, udp.priority());
            assertEquals(1_076_276_479, tcp.priority());
            assertEquals(udp.port(), tcp.port());
            assertEquals("passive", tcp.tcpType().orElseThrow());
            assertEquals("tcpcandidate", tcp.foundation());
        }
        try (var sfu = Sfu.start(SfuConfig.defaults()
                        .withIceTcp(false)
                        .withMediaPort(0)
                        .withListenAddresses(List.of(address)));
                var router = sfu.createRouter(RouterOptions.defaults());
                var transport = router.createWebRtcTransport()) {
            assertTrue(transport.iceCandidates().stream().noneMatch(one -> one.protocol().equals("tcp")));
            assertFalse(sfu.stats().tcp().isPresent());
        }
    }
}
