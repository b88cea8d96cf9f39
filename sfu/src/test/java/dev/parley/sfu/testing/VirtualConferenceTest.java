package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.TransportAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Publisher → SFU → subscribers, on a virtual network and clock: what is sent arrives, whatever the network does. */
@ParameterizedClass
@EnumSource
final class VirtualConferenceTest {
    @Parameter
    private LaneLayout layout;

    private static final long SECOND = Conference.SECOND;

    @Test
    void forwardsEverythingIntactToEachSubscriber() {
        try (var conference = new Conference(1, layout)) {
            assertForwards(conference);
        }
    }

    @Test
    void forwardsOverIpv6() {
        var address = new TransportAddress(0x2001_0db8_0000_0000L, 0x100, 40_000);
        try (var conference = new Conference(2, address, layout.lanes(), layout.landing(2))) {
            assertForwards(conference);
        }
    }

    private static void assertForwards(Conference conference) {
        var publisher = conference.join();
        var first = conference.join();
        var second = conference.join();
        assertTrue(conference.connected());
        var video = conference.publishVideo(publisher, 1);
        var audio = conference.publishAudio(publisher, 2);
        var incoming = List.of(
                conference.subscribe(video, first).incoming(),
                conference.subscribe(video, second).incoming(),
                conference.subscribe(audio, first).incoming(),
                conference.subscribe(audio, second).incoming());
        incoming.forEach(IncomingStream::expectGap);
        var sending = List.of(conference.send(publisher, video), conference.send(publisher, audio));
        sending.getLast().level(37);
        conference.network.run(3 * SECOND);
        sending.forEach(OutgoingStream::stop);
        conference.network.run(SECOND / 2);
        for (var stream : incoming) {
            var original = sending.get(stream.spec().video() ? 0 : 1);
            assertEquals(List.of(), stream.wrong());
            assertEquals(original.frames(), stream.frames());
            assertEquals(original.packets(), stream.delivered());
            assertEquals(0, stream.duplicates());
            assertEquals(stream.spec().video() ? -1 : 37, stream.lastLevel());
            assertTrue(stream.senderReports() > 0, "sender reports");
        }
        for (var member : List.of(first, second)) {
            assertEquals(List.of(), member.peer().unknownSsrcs());
        }
        var view = publisher.peer().transportCc();
        assertEquals(0, view.missing());
        assertTrue(view.acknowledged() > view.numbered() * 9 / 10, view.acknowledged() + " of " + view.numbered());
        assertTrue(view.largestError() <= 500_000, "arrivals are off by " + view.largestError() + " ns");
    }

    @Test
    void repairsWhatTheNetworkLosesOnBothLegs() {
        long repairedUp = 0;
        long repairedDown = 0;
        int skips = 0;
        for (int seed = 0; seed < 60; seed++) {
            try (var conference = new Conference(seed, layout)) {
                conference.network.impair(Impairment.LOSSY);
                var publisher = conference.join();
                var first = conference.join();
                var second = conference.join();
                assertTrue(conference.connected(), "seed " + seed);
                var video = conference.publishVideo(publisher, 1);
                var incoming = List.of(
                        conference.subscribe(video, first).incoming(), conference.subscribe(video, second).incoming());
                var sending = conference.send(publisher, video);
                boolean done = conference.network.runUntil(
                        () -> incoming.stream().allMatch(stream -> stream.frames() >= 60), 10 * SECOND);
                for (var stream : incoming) {
                    assertEquals(List.of(), stream.wrong(), "seed " + seed);
                    assertTrue(
                            done,
                            "seed " + seed + ": " + sending.frames() + " frames sent, " + incoming);
                    repairedDown += stream.repaired();
                    skips += stream.skips();
                }
                repairedUp += sending.resent();
            }
        }
        assertTrue(repairedUp > 300, "repaired on the way up: " + repairedUp);
        // The SFU repairs nothing that came before a key frame: a receiver goes on there.
        assertTrue(skips <= 30, "gave up " + skips + " gaps of 120 streams");
        assertTrue(repairedDown > 600, "repaired on the way down: " + repairedDown);
    }

    @Test
    void sendsNothingWhileAConsumerIsPausedAndBeginsAgainWithAKeyFrame() {
        try (var conference = new Conference(3, layout)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            var other = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var subscribed = conference.subscribe(video, subscriber);
            var undisturbed = conference.subscribe(video, other).incoming();
            var sending = conference.send(publisher, video);
            conference.network.run(2 * SECOND);
            conference.sfu.act(subscribed.consumer()::pause);
            conference.network.run(SECOND / 10);
            long before = subscribed.incoming().received();
            conference.network.run(2 * SECOND);
            assertEquals(before, subscribed.incoming().received(), "paused");
            int requests = sending.keyFrameRequests().size();
            subscribed.incoming().expectGap();
            conference.sfu.act(subscribed.consumer()::resume);
            conference.network.run(2 * SECOND);
            assertEquals(List.of(), subscribed.incoming().wrong());
            assertTrue(subscribed.incoming().received() > before + 100);
            assertTrue(sending.keyFrameRequests().size() > requests, "resuming asks for a key frame");
            assertEquals(List.of(), undisturbed.wrong());
            assertEquals(0, subscribed.incoming().missing(), "the pause leaves no hole in the numbers");
        }
    }

    @Test
    void sendsNothingWhileAProducerIsPaused() {
        try (var conference = new Conference(4, layout)) {
            var call = VideoCall.in(conference);
            var video = call.video();
            var incoming = call.incoming();
            conference.network.run(2 * SECOND);
            conference.sfu.act(video.producer()::pause);
            conference.network.run(SECOND / 10);
            long before = incoming.received();
            conference.network.run(SECOND);
            assertEquals(before, incoming.received(), "paused");
            incoming.expectGap();
            conference.sfu.act(video.producer()::resume);
            conference.network.run(2 * SECOND);
            assertEquals(List.of(), incoming.wrong());
            assertTrue(incoming.received() > before + 100);
            assertEquals(0, incoming.missing());
        }
    }

    @Test
    void asksThePublisherForAKeyFrameAtMostTwiceASecond() {
        try (var conference = new Conference(5, layout)) {
            var publisher = conference.join();
            var first = conference.join();
            var second = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var incoming = conference.subscribe(video, first).incoming();
            var other = conference.subscribe(video, second).incoming();
            var sending = conference.send(publisher, video);
            conference.network.run(2 * SECOND);
            int before = sending.keyFrameRequests().size();
            for (int i = 0; i < 2_500; i++) {
                first.peer().requestKeyFrame(incoming);
                second.peer().requestKeyFrame(other);
                conference.network.run(SECOND / 500);
            }
            int requests = sending.keyFrameRequests().size() - before;
            assertTrue(requests >= 8 && requests <= 11, requests + " requests in 5 s");
            var times = sending.keyFrameRequests();
            for (int i = 1; i < times.size(); i++) {
                long apart = times.get(i) - times.get(i - 1);
                assertTrue(apart >= SECOND / 2, "two requests " + apart + " ns apart");
            }
            assertEquals(List.of(), incoming.wrong());
        }
    }

    @Test
    void refusesToAmplifyNacks() {
        try (var conference = new Conference(6, layout)) {
            var call = VideoCall.in(conference);
            var incoming = call.incoming();
            conference.network.run(SECOND);
            long before = incoming.bytes() - incoming.duplicateBytes();
            for (int i = 0; i < 500; i++) {
                call.subscriber().peer().nackEverything(incoming);
                conference.network.run(SECOND / 100);
            }
            long media = incoming.bytes() - incoming.duplicateBytes();
            assertTrue(incoming.duplicateBytes() > 0, "NACKs are answered");
            // A quarter, and what a new stream may repair before it has sent anything.
            assertTrue(
                    incoming.duplicateBytes() <= media / 4 + 10_000,
                    incoming.duplicateBytes() + " bytes resent for " + media + ", " + before + " of them before");
        }
    }

    @Test
    void keepsTwoPublishersWithTheSameSsrcApart() {
        try (var conference = new Conference(7, layout)) {
            var anna = conference.join();
            var ben = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var spec = StreamSpec.video(1, 4_711, 96, Conference.EXTENSIONS).withMid("0");
            var twin = StreamSpec.video(2, 4_711, 96, Conference.EXTENSIONS).withMid("0");
            var annas = conference.sfu.publish(anna.transport(), spec);
            var bens = conference.sfu.publish(ben.transport(), twin);
            var first = conference.subscribe(annas, subscriber).incoming();
            var second = conference.subscribe(bens, subscriber).incoming();
            conference.send(anna, annas);
            conference.send(ben, bens);
            conference.network.run(2 * SECOND);
            assertEquals(List.of(), first.wrong());
            assertEquals(List.of(), second.wrong());
            assertTrue(first.frames() > 50 && second.frames() > 50);
        }
    }

    @Test
    void forwardsNothingThatNobodyDeclared() {
        try (var conference = new Conference(8, layout)) {
            var call = VideoCall.in(conference);
            var incoming = call.incoming();
            for (int i = 0; i < 50; i++) {
                var undeclared = StreamSpec.video(99, 90_000 + 2 * i, 96, Conference.EXTENSIONS).withMid("x" + i);
                call.publisher().peer().send(undeclared).start(conference.network.now());
            }
            conference.network.run(SECOND);
            assertEquals(List.of(), incoming.wrong());
            assertEquals(List.of(), call.subscriber().peer().unknownSsrcs());
            assertTrue(incoming.frames() > 20);
        }
    }

    @Test
    void goesOnOverHostileDatagrams() {
        try (var conference = new Conference(9, layout)) {
            var call = VideoCall.in(conference);
            var subscriber = call.subscriber();
            var incoming = call.incoming();
            var hostility = new Hostility(conference.network, new SplittableRandom(9));
            conference.network.tap(hostility);
            assertTrue(conference.network.runUntil(() -> incoming.frames() >= 200, 20 * SECOND));
            assertEquals(List.of(), incoming.wrong());
            assertTrue(hostility.injected() > 2_000);
            assertFalse(call.publisher().transport().isClosed() || subscriber.transport().isClosed());
            assertFalse(subscriber.peer().closed());
        }
    }

    @Test
    void answersNothingToAStranger() {
        try (var conference = new Conference(10, layout)) {
            var publisher = conference.join();
            assertTrue(conference.connected());
            var stranger = TransportAddress.ipv4(0x0b000001, 9);
            var answers = new int[1];
            conference.network.attach(stranger, new VirtualNetwork.Host() {
                @Override
                public void receive(long now, TransportAddress from, TransportAddress to, byte[] datagram) {
                    answers[0]++;
                }

                @Override
                public long nextTimeout() {
                    return Long.MAX_VALUE;
                }

                @Override
                public void timeout(long now) {}
            });
            var random = new SplittableRandom(10);
            for (int i = 0; i < 20_000; i++) {
                var noise = new byte[random.nextInt(80)];
                random.nextBytes(noise);
                if (noise.length > 0) {
                    noise[0] = (byte) new int[] {0, 1, 20, 22, 128, 129, 144, 200}[random.nextInt(8)];
                }
                conference.network.send(stranger, conference.sfuAddress, noise);
            }
            conference.network.run(SECOND);
            assertEquals(0, answers[0]);
            assertFalse(publisher.transport().isClosed());
        }
    }

    @Test
    void followsMembersToOtherAddresses() {
        try (var conference = new Conference(11, layout)) {
            var call = VideoCall.in(conference);
            var incoming = call.incoming();
            conference.network.run(SECOND);
            move(conference, call.subscriber(), 201);
            int before = incoming.frames();
            assertTrue(conference.network.runUntil(() -> incoming.frames() > before + 300, 25 * SECOND));
            assertEquals(List.of(), incoming.wrong());
        }
    }

    private static void move(Conference conference, Conference.Member member, int host) {
        var elsewhere = TransportAddress.ipv4(0x0a000000 + host, 7_000);
        conference.network.attach(elsewhere, member.peer());
        conference.network.detach(member.address());
        member.peer().moveTo(elsewhere);
    }
}
