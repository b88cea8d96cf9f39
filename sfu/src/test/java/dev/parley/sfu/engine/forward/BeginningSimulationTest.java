package dev.parley.sfu.engine.forward;

import static dev.parley.sfu.engine.stream.Media.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.stream.Media;
import dev.parley.sfu.engine.stream.PacketRing;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.engine.stream.RtpSource;
import dev.parley.sfu.engine.stream.TransportCounter;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.Seq;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Publisher → bad network → SFU, with consumers that begin, pause and go on at any time, in virtual time: whatever came
 * in which order, each of them gets a whole key frame first, and all that follows it.
 */
class BeginningSimulationTest {
    private static final int FRAMES = 240;
    private static final long FRAME_NANOS = 33 * MS;
    /** A key frame each second: what is missing right before one is not asked for any more. */
    private static final int KEY_FRAME_EVERY = 30;

    private static final int CERTAIN_FRAMES = 18;
    /** Within which all that is lost comes again. */
    private static final long REPAIR = 700 * MS;

    private static final int CONSUMERS = 40;
    private static final int LENGTH = 10;

    /** From one beginning to the next pause: by its extended number, the number of the source's packet. */
    private static final class View {
        final TreeMap<Long, Long> got = new TreeMap<>();
        long end = Long.MAX_VALUE;

        /** What is older than the first fills a gap from before the pause. */
        void add(long sequence, long number) {
            if (got.isEmpty() || sequence > got.firstKey()) {
                got.put(sequence, number);
            }
        }
    }

    private static final class Viewer {
        final Forwarder forwarder;
        final List<View> views = new ArrayList<>();
        private boolean watching;
        private long near = 1;
        private final MemorySegment out = MemorySegment.ofArray(new byte[2048]);
        private final RtpPacket packet = new RtpPacket();

        Viewer(RecvStream sfu, long now) {
            forwarder = new Forwarder(Media.sendVideo(true, 1), sfu.ring(), sfu.clock(), new TransportCounter());
            turn(now);
        }

        /** Begins, or stops. */
        void turn(long now) {
            watching = !watching;
            if (watching) {
                views.add(new View());
                forwarder.resumeAtRecentKeyFrame(now);
            } else {
                views.getLast().end = now;
                forwarder.pause();
            }
        }

        void run(long now) {
            for (int header = forwarder.next(now, out, 0); header > 0; header = forwarder.next(now, out, 0)) {
                MemorySegment.copy(
                        forwarder.payload(), forwarder.payloadOffset(), out, header, forwarder.payloadLength());
                assertTrue(forwarder.confirm(now));
                assertTrue(packet.wrap(out, 0, header + forwarder.payloadLength()));
                near = Seq.unwrap16(near, packet.sequenceNumber());
                views.getLast().add(near, Bytes.i64(out, header + 2));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everybodyGetsAWholeKeyFrameFirstAndAllThatFollows(long seed) {
        var random = new Random(seed);
        var source = new RtpSource(PacketRing.VIDEO_CAPACITY, 65_000);
        var sfu = Media.receiver(Media.video());
        var publisher = new Forwarder(
                Media.sendVideo(true, 65_000), source.ring(), source.clock(), new TransportCounter());
        var up = new Hop(publisher, sfu, seed, 0.1, Long.MAX_VALUE);
        publisher.resume();
        var viewers = new ArrayList<Viewer>();
        var firsts = new ArrayList<Long>();
        long number = 0;
        long now = 0;
        long end = FRAMES * FRAME_NANOS + 1000 * MS;
        long nextViewer = 500 * MS;
        while (now < end) {
            int frame = firsts.size();
            if (frame < FRAMES && now >= frame * FRAME_NANOS) {
                boolean key = frame % KEY_FRAME_EVERY == 0;
                firsts.add(number);
                int packets = key ? random.nextInt(5, 40) : random.nextInt(1, 6);
                for (int i = 0; i < packets; i++) {
                    source.add(
                            now, frame * 3000L, i == packets - 1, key && i == 0, -1, payload(number++, key && i == 0), 0,
                            LENGTH);
                }
            }
            if (now >= nextViewer) {
                if (viewers.size() < CONSUMERS) {
                    viewers.add(new Viewer(sfu, now));
                }
                viewers.get(random.nextInt(viewers.size())).turn(now);
                nextViewer = now + random.nextLong(200 * MS);
            }
            up.run(now);
            for (var viewer : viewers) {
                viewer.run(now);
            }
            long frameAt = firsts.size() < FRAMES ? firsts.size() * FRAME_NANOS : end;
            now = Math.max(now + 1, Math.min(up.nextEvent(), Math.min(frameAt, nextViewer)));
        }
        assertTrue(up.media.lost > 20, "the network was bad");
        assertEquals(CONSUMERS, viewers.size());
        var views = viewers.stream().flatMap(viewer -> viewer.views.stream()).toList();
        long compared = views.stream().mapToLong(view -> compare(view, firsts)).sum();
        assertTrue(compared > 1000, compared + " packets were certain to come");
    }

    /** @return how many packets had to come, and did */
    private static long compare(View view, List<Long> firsts) {
        if (view.got.isEmpty()) {
            return 0;
        }
        long begin = view.got.firstEntry().getValue();
        int frame = firsts.indexOf(begin);
        assertTrue(frame >= 0 && frame % KEY_FRAME_EVERY == 0, "begins with the first packet of a key frame");
        long shift = view.got.firstKey() - begin;
        int certain = (int) Math.min(frame + CERTAIN_FRAMES, (view.end - REPAIR) / FRAME_NANOS);
        long last = certain <= frame ? begin : firsts.get(certain);
        for (long number = begin; number < last; number++) {
            assertEquals(number, view.got.get(number + shift), "of the frames from " + frame + " on");
        }
        return last - begin;
    }

    private static MemorySegment payload(long number, boolean key) {
        var payload = MemorySegment.ofArray(new byte[LENGTH]);
        Bytes.put8(payload, 0, 0x10);
        Bytes.put8(payload, 1, key ? 0x10 : 0x11);
        Bytes.put64(payload, 2, number);
        return payload;
    }
}
