package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.wire.rtcp.RtcpKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who says goodbye to whom (RTCP BYE), and what comes of it; on virtual time. */
@ParameterizedClass
@EnumSource
final class GoodbyeTest {
    @Parameter
    private LaneLayout layout;

    private static final long SECOND = Conference.SECOND;

    @Test
    void saysGoodbyeInACompoundWithTheLastReportWhenAConsumerCloses() {
        try (var conference = new Conference(31, layout)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var audio = conference.publishAudio(publisher, 2);
            var closing = conference.subscribe(video, subscriber);
            var staying = conference.subscribe(audio, subscriber);
            conference.send(publisher, video);
            conference.send(publisher, audio);
            conference.network.run(SECOND);
            conference.sfu.act(now -> closing.consumer().close(now, CloseReason.CLOSE_CALLED));
            int heard = staying.incoming().frames();
            conference.network.run(SECOND);
            assertEquals(List.of(farewellTo(closing)), subscriber.peer().goodbyes());
            assertTrue(staying.incoming().frames() > heard, "the others go on");
        }
    }

    @Test
    void saysGoodbyeToEverySubscriberWhenAProducerCloses() {
        try (var conference = new Conference(32, layout)) {
            var publisher = conference.join();
            var first = conference.join();
            var second = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var toFirst = conference.subscribe(video, first);
            var toSecond = conference.subscribe(video, second);
            conference.send(publisher, video);
            conference.network.run(SECOND);
            conference.sfu.act(now -> toSecond.consumer().pause(now));
            conference.network.run(SECOND);
            conference.sfu.act(now -> video.producer().close(now, CloseReason.CLOSE_CALLED));
            conference.network.run(SECOND);
            assertEquals(List.of(farewellTo(toFirst)), first.peer().goodbyes());
            assertEquals(List.of(farewellTo(toSecond)), second.peer().goodbyes(), "also when it was paused");
            assertEquals(List.of(), publisher.peer().goodbyes());
        }
    }

    @Test
    void saysNoGoodbyeToAStreamThatNeverBegan() {
        try (var conference = new Conference(33, layout)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var silent = conference.subscribe(conference.publishVideo(publisher, 1), subscriber);
            conference.network.run(SECOND);
            conference.sfu.act(now -> silent.consumer().close(now, CloseReason.CLOSE_CALLED));
            conference.network.run(SECOND);
            assertEquals(List.of(), subscriber.peer().goodbyes());
        }
    }

    @Test
    void countsAPublishersGoodbyeAndForwardsWhatComesAfterIt() {
        try (var conference = new Conference(34, layout)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var incoming = conference.subscribe(video, subscriber).incoming();
            var stream = conference.send(publisher, video);
            conference.network.run(SECOND);
            // As a sender that suspends a stream: it says goodbye, and goes on later under the same SSRC.
            stream.stop();
            publisher.peer().sayGoodbye(stream);
            conference.network.run(SECOND);
            var stats = video.producer().stats(conference.network.now(), 0).getFirst();
            assertEquals(1, stats.byeCount());
            assertFalse(video.producer().isClosed());
            int before = incoming.frames();
            stream.start(conference.network.now());
            conference.network.run(SECOND);
            assertTrue(incoming.frames() > before + 20, incoming.toString());
            assertEquals(List.of(), incoming.wrong());
        }
    }

    private static PeerControl.Goodbye farewellTo(VirtualSfu.Subscribed subscribed) {
        return new PeerControl.Goodbye(
                subscribed.incoming().spec().ssrc(), List.of(RtcpKind.SENDER_REPORT, RtcpKind.SOURCE_DESCRIPTION));
    }
}
