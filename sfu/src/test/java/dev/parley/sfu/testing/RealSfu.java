package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuConfig;
import java.time.Duration;
import java.util.List;

/** An SFU on real sockets of this machine, and what must hold on it whatever the sockets are. */
final class RealSfu {
    /** Enough for a busy machine. */
    static final Duration SOON = Duration.ofSeconds(15);

    private RealSfu() {}

    /** On any free port of a loopback address. */
    static Sfu start(HotPath hotPath, int lanes, String address) {
        return Sfu.start(SfuConfig.defaults()
                .withHotPath(hotPath)
                .withLanes(lanes)
                .withMediaPort(0)
                .withListenAddresses(List.of(address))
                .withAnnouncedAddresses(List.of(address)));
    }

    /** Sends video and audio, which must arrive at all others as they were sent, with feedback to the sender. */
    static void assertForwards(UdpMember publisher, List<UdpMember> subscribers) {
        for (var spec : List.of(UdpMember.VIDEO, UdpMember.AUDIO)) {
            var producer = publisher.produce(spec);
            for (var member : subscribers) {
                assertTrue(member.router().canConsume(producer.id(), member.router().rtpCapabilities()));
                var subscribed = member.subscribePaused(producer, spec);
                assertTrue(subscribed.consumer().paused());
                subscribed.incoming().expectGap();
                subscribed.consumer().resume();
                assertFalse(subscribed.consumer().paused());
            }
        }
        publisher.send(UdpMember.VIDEO);
        publisher.send(UdpMember.AUDIO);
        for (var member : subscribers) {
            member.peer().await("60 frames of each", SOON, engine -> engine.incoming().stream()
                    .allMatch(stream -> stream.frames() >= 60 && stream.senderReports() > 0));
            member.peer().run((engine, now) -> {
                assertEquals(2, engine.incoming().size());
                for (var stream : engine.incoming()) {
                    assertEquals(List.of(), stream.wrong());
                }
                assertEquals(List.of(), engine.unknownSsrcs());
            });
        }
        publisher.peer().await(
                "transport-cc feedback", SOON, engine -> engine.transportCc().acknowledged() > 100);
    }

    /** Waits for more frames of a stream than there were. */
    static void awaitFrames(UdpMember member, IncomingStream stream, int more) {
        int before = member.peer().on((engine, now) -> stream.frames());
        member.peer().await(more + " more frames", SOON, engine -> stream.frames() >= before + more);
    }
}
