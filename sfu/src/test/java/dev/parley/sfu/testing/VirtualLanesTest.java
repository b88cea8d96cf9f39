package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.AudioLevelObserverOptions;
import dev.parley.sfu.CloseReason;
import dev.parley.sfu.ConsumerEvent;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.lane.AudioLevelCore;
import dev.parley.sfu.lane.LaneCounts;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunKey;
import dev.parley.sfu.wire.stun.StunType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes from lane to lane: transports, datagrams, packets, requests, endings; on virtual time. */
final class VirtualLanesTest {
    private static final long SECOND = Conference.SECOND;

    /** What a datagram is, by its first bytes (RFC 7983, RFC 5761). */
    enum Kind {
        STUN(bytes -> bytes[0] >= 0 && bytes[0] < 4),
        DTLS(bytes -> bytes[0] >= 20 && bytes[0] < 64),
        RTP(bytes -> bytes[0] < 0 && !isRtcp(bytes)),
        RTCP(bytes -> bytes[0] < 0 && isRtcp(bytes));

        private final Predicate<byte[]> test;

        Kind(Predicate<byte[]> test) {
            this.test = test;
        }

        private static boolean isRtcp(byte[] bytes) {
            return (bytes[1] & 0xff) >= 192 && (bytes[1] & 0xff) <= 223;
        }

        boolean is(byte[] datagram) {
            return datagram.length > 1 && test.test(datagram);
        }
    }

    /** Two lanes; the member with this number arrives at its own parity. */
    private static Conference byAddress(long seed) {
        return new Conference(seed, 2, Landing.byAddress(2));
    }

    @Test
    void aTransportLivesWhereItsFirstCheckArrivesAndStaysThere() {
        var landing = Landing.byAddress(3);
        try (var conference = new Conference(60, 3, landing)) {
            var members = new ArrayList<Conference.Member>();
            for (int i = 0; i < 6; i++) {
                members.add(conference.join());
            }
            assertTrue(conference.connected());
            for (var member : members) {
                int expected = landing.lane(member.address(), new byte[0]);
                assertEquals(expected, member.transport().home().index());
                assertTrue(member.transport().isOn(conference.sfu.lane(expected)));
            }
            assertTrue(conference.sfu.total(LaneCounts::adopted) > 0, "some were made on another lane");
            assertEquals(6, conference.sfu.total(LaneCounts::transports));
            long handedOver = conference.sfu.total(LaneCounts::handedOver);
            assertTrue(handedOver <= 6, handedOver + " datagrams were handed over, more than the first checks");
            conference.network.run(10 * SECOND);
            assertEquals(handedOver, conference.sfu.total(LaneCounts::handedOver), "now all arrive at home");
        }
    }

    @Test
    void aTransportLivesWhereItWasMadeWhereTheKernelCanBeToldSo() {
        var landing = new SteeredLanding();
        try (var conference = new Conference(59, 3, landing)) {
            var members = new ArrayList<Conference.Member>();
            for (int i = 0; i < 6; i++) {
                members.add(conference.join());
                assertEquals(i % 3, members.get(i).transport().home().index());
            }
            assertTrue(conference.connected());
            for (int i = 0; i < 6; i++) {
                assertTrue(members.get(i).transport().isOn(conference.sfu.lane(i % 3)));
                assertEquals(i % 3, landing.lane(members.get(i).address(), new byte[0]));
            }
            assertEquals(0, conference.sfu.total(LaneCounts::adopted));
            long handedOver = conference.sfu.total(LaneCounts::handedOver);
            assertTrue(handedOver > 0, "the first checks of four arrived at the first lane");
            conference.network.run(10 * SECOND);
            assertEquals(handedOver, conference.sfu.total(LaneCounts::handedOver), "now all arrive at home");
            landing.fill();
            conference.join();
            var late = conference.join();
            assertEquals(1, late.transport().home().index());
            assertTrue(conference.connected());
            assertEquals(0, late.transport().home().index(), "no more can be told: it follows its check");
        }
    }

    @Test
    void whoMovesToAnotherAddressStaysOnItsLaneAndArrivesThereSoon() {
        var landing = new SteeredLanding();
        try (var conference = new Conference(58, 2, landing)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertEquals(1, subscriber.transport().home().index());
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var incoming = conference.subscribe(video, subscriber).incoming();
            conference.send(publisher, video);
            conference.network.run(SECOND);
            var elsewhere = TransportAddress.ipv4((int) subscriber.address().low() + 100, 5_001);
            conference.network.attach(elsewhere, subscriber.peer());
            conference.network.detach(subscriber.address());
            subscriber.peer().moveTo(elsewhere);
            int before = incoming.frames();
            assertTrue(conference.network.runUntil(() -> incoming.frames() > before + 300, 25 * SECOND));
            assertEquals(1, subscriber.transport().home().index());
            assertEquals(1, landing.lane(elsewhere, new byte[0]));
            assertEquals(List.of(), incoming.wrong());
            conference.network.run(40 * SECOND);
            assertEquals(0, landing.lane(subscriber.address(), new byte[0]), "the address of before is forgotten");
        }
    }

    @Test
    void aCheckThatIsNotAuthenticMovesNothing() {
        try (var conference = byAddress(61)) {
            var strangers = List.of(TransportAddress.ipv4(0x0b000000, 9), TransportAddress.ipv4(0x0b000001, 9));
            conference.network.tap((from, to, datagram) -> strangers.contains(from) ? datagram : new byte[0]);
            var first = conference.join();
            var lane = first.transport().home();
            var forged = new StunBuilder(StunType.BINDING_REQUEST, new byte[12])
                    .username(first.transport().iceParameters().usernameFragment() + ":peer")
                    .priority(1)
                    .iceControlling(1)
                    .build(new StunKey("not the password of this transport"));
            strangers.forEach(stranger -> conference.network.send(stranger, conference.sfuAddress, forged));
            conference.network.run(SECOND / 50);
            assertEquals(2, first.transport().drops().of(Drop.STUN_INTEGRITY));
            assertEquals(lane, first.transport().home());
            assertEquals(0, conference.sfu.total(LaneCounts::adopted));
            conference.network.tap((from, to, datagram) -> datagram);
            assertTrue(conference.connected());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatArrivesAtAnotherLaneIsHandedToItsOwn(Kind misled) {
        // All else arrives at the first lane.
        var misledCount = new int[1];
        Landing landing = (from, datagram) -> {
            misledCount[0] += misled.is(datagram) ? 1 : 0;
            return misled.is(datagram) ? 1 : 0;
        };
        try (var conference = new Conference(62, 2, landing)) {
            var call = VideoCall.in(conference);
            var incoming = call.incoming();
            var sending = call.sending();
            conference.network.run(3 * SECOND);
            sending.stop();
            conference.network.run(SECOND / 2);
            assertEquals(List.of(), incoming.wrong());
            assertEquals(sending.frames(), incoming.frames());
            assertTrue(misledCount[0] > 2, "datagrams at the wrong lane: " + misledCount[0]);
            assertTrue(conference.sfu.total(LaneCounts::handedOver) > 2);
            assertEquals(0, conference.sfu.drops(Drop.HAND_OVER_FULL));
            assertEquals(Map.of(), call.publisher().transport().drops().snapshot());
        }
    }

    @Test
    void repairsLossWithReadersOnOtherLanesAndRequestsThatArriveAnywhere() {
        long repairedDown = 0;
        long resentUp = 0;
        for (int seed = 0; seed < 20; seed++) {
            try (var conference = new Conference(seed, LaneLayout.SCATTERED)) {
                conference.network.impair(Impairment.LOSSY);
                var publisher = conference.join();
                var subscribers = List.of(conference.join(), conference.join(), conference.join());
                assertTrue(conference.connected(), "seed " + seed);
                var video = conference.publishVideo(publisher, 1);
                var incoming = subscribers.stream()
                        .map(member -> conference.subscribe(video, member).incoming())
                        .toList();
                var sending = conference.send(publisher, video);
                boolean done = conference.network.runUntil(
                        () -> incoming.stream().allMatch(stream -> stream.frames() >= 60), 10 * SECOND);
                assertTrue(done, "seed " + seed + ": " + incoming);
                for (var stream : incoming) {
                    assertEquals(List.of(), stream.wrong(), "seed " + seed);
                    repairedDown += stream.repaired();
                }
                resentUp += sending.resent();
            }
        }
        assertTrue(repairedDown > 300, "repaired towards subscribers: " + repairedDown);
        assertTrue(resentUp > 100, "repaired from publishers: " + resentUp);
    }

    @Test
    void whatCameInDuringATurnLeavesInItOnAllLanes() {
        try (var conference = byAddress(63)) {
            var publisher = conference.join();
            var near = conference.join();
            var far = conference.join();
            assertTrue(conference.connected());
            var lanes = new HashSet<Integer>();
            List.of(near, far).forEach(member -> lanes.add(member.transport().home().index()));
            assertEquals(2, lanes.size(), "one subscriber on each lane");
            var video = conference.publishVideo(publisher, 1);
            conference.subscribe(video, near);
            conference.subscribe(video, far);
            conference.send(publisher, video);
            conference.network.run(SECOND);
            var arrivals = new HashMap<Long, Integer>();
            var departures = new HashMap<Long, Integer>();
            conference.network.tap((from, to, datagram) -> {
                if (Kind.RTP.is(datagram)) {
                    boolean up = to.equals(conference.sfuAddress);
                    long at = conference.network.now() + (up ? Impairment.CLEAN.delayNanos() : 0);
                    (up ? arrivals : departures).merge(at, up ? 2 : 1, Integer::sum);
                }
                return datagram;
            });
            conference.network.run(SECOND);
            conference.network.tap((from, to, datagram) -> datagram);
            departures.forEach((at, count) -> assertTrue(
                    arrivals.getOrDefault(at, count).equals(count), "at " + at + ": " + count + " of " + arrivals.get(at)));
            assertTrue(departures.size() > 20);
        }
    }

    @Test
    void followsMembersToAddressesOfOtherLanes() {
        try (var conference = byAddress(64)) {
            var call = VideoCall.in(conference);
            var incoming = call.incoming();
            conference.network.run(SECOND);
            for (var member : List.of(call.publisher(), call.subscriber())) {
                var home = member.transport().home();
                // The same parity of address and port is the same lane: this one is the other.
                var elsewhere = TransportAddress.ipv4((int) member.address().low() + 100, 5_001);
                conference.network.attach(elsewhere, member.peer());
                conference.network.detach(member.address());
                member.peer().moveTo(elsewhere);
                int before = incoming.frames();
                long handedOver = conference.sfu.total(LaneCounts::handedOver);
                assertTrue(conference.network.runUntil(() -> incoming.frames() > before + 300, 25 * SECOND));
                assertTrue(conference.sfu.total(LaneCounts::handedOver) > handedOver);
                assertEquals(home, member.transport().home());
            }
            assertEquals(List.of(), incoming.wrong());
        }
    }

    @Test
    void asksThePublisherOnAnotherLaneForKeyFrames() {
        try (var conference = byAddress(65)) {
            var call = VideoCall.in(conference);
            var subscriber = call.subscriber();
            var subscribed = call.subscribed();
            var sending = call.sending();
            assertFalse(call.publisher().transport().home() == subscriber.transport().home());
            conference.network.run(2 * SECOND);
            int before = sending.keyFrameRequests().size();
            subscriber.peer().requestKeyFrame(subscribed.incoming());
            conference.network.run(SECOND);
            assertEquals(before + 1, sending.keyFrameRequests().size(), "by RTCP");
            conference.sfu.act(subscribed.consumer()::requestKeyFrame);
            conference.network.run(SECOND);
            assertEquals(before + 2, sending.keyFrameRequests().size(), "by a call");
        }
    }

    @Test
    void aTransportTakesItsConsumersAndProducersAlongWhenItMoves() {
        for (int seed = 0; seed < 20; seed++) {
            try (var conference = byAddress(seed)) {
                var publisher = conference.join();
                assertTrue(conference.connected());
                var video = conference.publishVideo(publisher, 1);
                var sending = conference.send(publisher, video);
                conference.network.run(SECOND);
                // Both are made before the first check, as mediasoup-client does it.
                var late = conference.join();
                var both = conference.join();
                var incoming = List.of(
                        conference.subscribe(video, late).incoming(), conference.subscribe(video, both).incoming());
                var second = conference.publishVideo(both, 2);
                var seenByPublisher = conference.subscribe(second, publisher).incoming();
                assertTrue(conference.connected());
                conference.send(both, second);
                conference.network.run(2 * SECOND);
                for (var stream : incoming) {
                    assertEquals(List.of(), stream.wrong(), "seed " + seed);
                    assertTrue(stream.frames() > 50, stream.toString());
                }
                assertEquals(List.of(), seenByPublisher.wrong());
                assertTrue(seenByPublisher.frames() > 50);
                assertTrue(sending.frames() > 0);
                assertEquals(2, conference.sfu.total(LaneCounts::producers));
                assertEquals(3, conference.sfu.total(LaneCounts::consumers));
            }
        }
    }

    @Test
    void aProducerThatClosesOrPausesWhileItsConsumerMovesIsNoticedOnArrival() {
        try (var conference = new Conference(66, 2, (from, datagram) -> from.port() == 5_000 ? 1 : 0)) {
            var publisher = conference.join();
            assertTrue(conference.connected());
            var closing = conference.publishVideo(publisher, 1);
            var pausing = conference.publishVideo(publisher, 2);
            // Made on the second lane, by turns; the first check of these arrives at the first one, which stands still.
            conference.sfu.landing((from, datagram) -> from.equals(publisher.address()) ? 1 : 0);
            var moving = conference.join();
            assertEquals(1, moving.transport().home().index());
            var toClose = conference.subscribe(closing, moving);
            var toPause = conference.subscribe(pausing, moving);
            var first = conference.join();
            assertEquals(0, first.transport().home().index());
            conference.sfu.standStill(0, 2 * SECOND);
            conference.network.run(SECOND);
            assertEquals(1, moving.transport().home().index(), "its check waits in the socket");
            conference.network.run(2 * SECOND);
            assertEquals(0, moving.transport().home().index());
            // Now one that is between the lanes: it left the second one for the first, which does not take it in yet.
            var between = conference.join();
            var closed = conference.subscribe(closing, between);
            var paused = conference.subscribe(pausing, between);
            assertEquals(1, between.transport().home().index());
            conference.sfu.landing((from, datagram) -> {
                if (from.equals(between.address())) {
                    conference.sfu.standStillSoon(0, 2 * SECOND);
                    return 0;
                }
                return from.equals(publisher.address()) ? 1 : 0;
            });
            conference.network.runUntil(() -> between.transport().home().index() == 0, SECOND);
            assertFalse(between.transport().isOn(conference.sfu.lane(0)), "on its way");
            assertFalse(between.transport().isOn(conference.sfu.lane(1)), "on its way");
            conference.sfu.act(now -> closing.producer().close(now, CloseReason.CLOSE_CALLED));
            conference.sfu.act(pausing.producer()::pause);
            conference.network.run(3 * SECOND);
            assertTrue(between.transport().isOn(conference.sfu.lane(0)));
            assertTrue(closed.consumer().isClosed());
            assertTrue(toClose.consumer().isClosed());
            assertFalse(paused.consumer().isClosed() || toPause.consumer().isClosed());
            assertEquals(
                    2,
                    conference.sfu.consumerEvents().stream()
                            .filter(ConsumerEvent.ProducerPaused.class::isInstance)
                            .count());
            assertTrue(conference.connected());
        }
    }

    @Test
    void aRouterThatClosesFindsATransportThatIsOnItsWay() {
        try (var conference = new Conference(67, 2, (from, datagram) -> 1)) {
            var moving = conference.join();
            assertEquals(0, moving.transport().home().index());
            conference.sfu.landing((from, datagram) -> {
                conference.sfu.standStillSoon(1, SECOND);
                return 1;
            });
            conference.network.runUntil(() -> moving.transport().home().index() == 1, SECOND);
            assertFalse(moving.transport().isOn(conference.sfu.lane(1)));
            conference.sfu.act(now -> conference.sfu.router().close(now, CloseReason.CLOSE_CALLED));
            conference.network.run(2 * SECOND);
            assertTrue(moving.transport().isClosed());
            assertEquals(0, conference.sfu.total(LaneCounts::transports));
        }
    }

    @Test
    void closesAcrossLanes() {
        try (var conference = byAddress(68)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            var other = conference.join();
            assertTrue(conference.connected());
            var first = conference.publishVideo(publisher, 1);
            var second = conference.publishAudio(publisher, 2);
            var third = conference.publishAudio(other, 3);
            var toFirst = conference.subscribe(first, subscriber);
            var toSecond = conference.subscribe(second, subscriber);
            var toThird = conference.subscribe(third, subscriber);
            conference.send(publisher, first);
            conference.send(publisher, second);
            conference.network.run(SECOND);
            conference.sfu.act(now -> first.producer().close(now, CloseReason.CLOSE_CALLED));
            assertTrue(toFirst.consumer().isClosed());
            assertFalse(toSecond.consumer().isClosed());
            conference.sfu.act(now -> publisher.transport().close(now, CloseReason.CLOSE_CALLED));
            assertTrue(toSecond.consumer().isClosed());
            assertEquals(
                    List.of(
                            new ConsumerEvent.Closed(CloseReason.PRODUCER_CLOSED),
                            new ConsumerEvent.Closed(CloseReason.PRODUCER_CLOSED)),
                    conference.sfu.consumerEvents());
            assertFalse(toThird.consumer().isClosed());
            conference.sfu.act(now -> conference.sfu.router().close(now, CloseReason.CLOSE_CALLED));
            assertTrue(toThird.consumer().isClosed() && subscriber.transport().isClosed());
            assertEquals(
                    0,
                    conference.sfu.total(
                            counts -> counts.transports() + counts.producers() + counts.consumers()));
        }
    }

    @Test
    void tellsConsumersOnOtherLanesOfEveryPauseInOrder() {
        try (var conference = byAddress(69)) {
            var call = VideoCall.in(conference);
            var video = call.video();
            var incoming = call.incoming();
            conference.network.run(SECOND);
            // Both in one turn: the other lane hears of them together.
            conference.sfu.act(now -> {
                video.producer().pause(now);
                video.producer().resume(now);
            });
            incoming.expectGap();
            conference.network.run(2 * SECOND);
            assertEquals(
                    List.of(new ConsumerEvent.ProducerPaused(), new ConsumerEvent.ProducerResumed()),
                    conference.sfu.consumerEvents());
            assertEquals(List.of(), incoming.wrong());
            assertTrue(incoming.frames() > 50);
        }
    }

    @Test
    void observersHearProducersOfAllLanes() {
        try (var conference = new Conference(70, 3, Landing.byAddress(3))) {
            var members = List.of(conference.join(), conference.join(), conference.join());
            assertTrue(conference.connected());
            var volumes = new ArrayList<List<AudioLevelCore.Volume>>();
            var speakers = new ArrayList<Optional<String>>();
            var levels = conference.sfu.router().createAudioLevelObserver(
                    new AudioLevelObserverOptions(3, -60, Duration.ofMillis(500)), volumes::add);
            var speaker = conference.sfu.router().createActiveSpeakerObserver(speakers::add);
            var published = new ArrayList<VirtualSfu.Published>();
            for (int i = 0; i < members.size(); i++) {
                var audio = conference.publishAudio(members.get(i), 1 + i);
                published.add(audio);
                conference.sfu.act(now -> {
                    levels.add(now, audio.producer());
                    speaker.add(now, audio.producer());
                });
                conference.send(members.get(i), audio).level(20 + 10 * i);
            }
            conference.network.run(2 * SECOND);
            var expected = List.of(
                    new AudioLevelCore.Volume(published.get(0).producer().id(), -20),
                    new AudioLevelCore.Volume(published.get(1).producer().id(), -30),
                    new AudioLevelCore.Volume(published.get(2).producer().id(), -40));
            assertEquals(expected, volumes.getLast());
            assertEquals(Optional.of(published.getFirst().producer().id()), speakers.getLast());
            conference.sfu.act(now -> published.getFirst().producer().close(now, CloseReason.CLOSE_CALLED));
            conference.network.run(2 * SECOND);
            assertEquals(expected.subList(1, 3), volumes.getLast());
        }
    }

    @Test
    void aLaneThatStandsStillIsLappedAndGoesOnWithAKeyFrame() {
        try (var conference = byAddress(71)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            var near = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var audio = conference.publishAudio(publisher, 2);
            var slow = conference.subscribe(video, subscriber);
            var slowAudio = conference.subscribe(audio, subscriber).incoming();
            var undisturbed = conference.subscribe(video, near).incoming();
            conference.send(publisher, video);
            conference.send(publisher, audio);
            conference.network.run(SECOND);
            conference.sfu.standStill(subscriber.transport().home().index(), 20 * SECOND);
            conference.network.run(20 * SECOND);
            int before = slow.incoming().frames();
            slow.incoming().expectGap();
            slowAudio.expectGap();
            conference.network.run(3 * SECOND);
            var drops = slow.consumer().stats(conference.network.now(), 0).drops();
            assertTrue(drops.getOrDefault("lapped", 0L) > 0, drops.toString());
            assertTrue(slow.incoming().frames() > before + 30, slow.incoming().toString());
            assertTrue(slowAudio.frames() > 100, slowAudio.toString());
            assertEquals(List.of(), undisturbed.wrong());
            assertTrue(undisturbed.frames() > 400);
        }
    }

    @Test
    void countsWhatALaneHasNoRoomFor() {
        try (var conference = byAddress(72)) {
            var call = VideoCall.in(conference);
            var incoming = call.incoming();
            conference.network.run(SECOND);
            int home = call.publisher().transport().home().index();
            conference.sfu.landing((from, datagram) -> 1 - home);
            conference.sfu.standStill(home, 8 * SECOND);
            conference.network.run(8 * SECOND);
            long lost = conference.sfu.drops(Drop.HAND_OVER_FULL);
            assertTrue(lost > 0, "lost " + lost);
            conference.network.run(SECOND);
            int before = incoming.frames();
            incoming.expectGap();
            conference.network.run(4 * SECOND);
            assertEquals(lost, conference.sfu.drops(Drop.HAND_OVER_FULL));
            assertTrue(incoming.frames() > before + 60, incoming.toString());
        }
    }

    @Test
    void aLaneThatFallsBehindGivesUpVideoAndKeepsSound() {
        try (var conference = byAddress(73)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var audio = conference.publishAudio(publisher, 2);
            var shed = conference.subscribe(video, subscriber);
            var sound = conference.subscribe(audio, subscriber).incoming();
            conference.send(publisher, video);
            conference.send(publisher, audio);
            conference.network.run(SECOND);
            var lane = conference.sfu.lane(subscriber.transport().home().index());
            for (int i = 0; i < 80; i++) {
                lane.turned(conference.network.now(), 50_000_000, 0);
            }
            assertEquals(8, lane.counts().shedding());
            conference.network.run(SECOND / 10);
            long pictures = shed.incoming().received();
            int words = sound.frames();
            conference.network.run(SECOND);
            assertEquals(pictures, shed.incoming().received(), "no video");
            assertTrue(sound.frames() >= words + 48, "sound goes on");
            var drops = shed.consumer().stats(conference.network.now(), 0).drops();
            assertTrue(drops.getOrDefault("shed", 0L) > 50, drops.toString());
            assertEquals(drops.get("shed"), lane.drops().of(Drop.SHED));
            for (int i = 0; i < 8; i++) {
                conference.network.run(SECOND / 2);
                lane.turned(conference.network.now(), 1_000_000, SECOND / 2);
            }
            assertEquals(0, lane.counts().shedding());
            shed.incoming().expectGap();
            int before = shed.incoming().frames();
            conference.network.run(2 * SECOND);
            assertTrue(shed.incoming().frames() > before + 40, shed.incoming().toString());
            assertEquals(List.of(), sound.wrong());
            assertEquals(0, shed.incoming().missing(), "what was left out leaves no hole in the numbers");
        }
    }
}
