package dev.parley.sfu.engine.stream;

import static dev.parley.sfu.engine.stream.Media.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtcp.TransportCc;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TwccReceiverTest {
    private final TwccReceiver receiver = new TwccReceiver(1);
    private final MemorySegment memory = MemorySegment.ofArray(new byte[1200]);
    private int feedbacks;
    private int nextFeedback;

    /** Takes all reports that are due. @param into number → ticks, null for lost */
    private void take(long now, Map<Integer, Long> into) {
        while (receiver.nextTimeout() <= now) {
            var writer = new RtcpWriter();
            writer.wrap(memory, 0, 1200);
            if (!receiver.timeout(now, writer)) {
                continue;
            }
            var reader = new RtcpReader();
            reader.wrap(memory.asSlice(0, writer.length()), 0, writer.length());
            assertTrue(reader.next());
            assertEquals(nextFeedback++ & 0xff, TransportCc.feedbackCount(reader));
            assertTrue(TransportCc.visit(reader, (number, received, ticks) -> {
                if (received || !into.containsKey(number)) {
                    into.put(number, received ? Long.valueOf(ticks) : null);
                }
            }));
            assertFalse(reader.next());
            feedbacks++;
        }
    }

    @Test
    void reportsEachArrivalWithinAQuarterMillisecond() {
        var random = new Random(19);
        for (int start : new int[] {0, 1, 32_000, 65_000, 65_535}) {
            var fresh = new TwccReceiverTest();
            fresh.runs(random, start);
        }
    }

    private void runs(Random random, int start) {
        // Lossy, reordered, with pauses: 5000 packets, each at its own time.
        var schedule = new TreeMap<Long, Integer>();
        long send = -3_000 * MS;
        for (int i = 0; i < 5000; i++) {
            send += random.nextInt(500) == 0 ? 9_500 * MS : random.nextInt(2_000_000);
            if (random.nextInt(10) > 0) {
                schedule.put(send + (random.nextInt(20) == 0 ? random.nextInt(30_000_000) : 0) * 1024L / 1000, i);
            }
        }
        var reported = new HashMap<Integer, Long>();
        var expected = new HashMap<Integer, Long>();
        long wrap = 1L << 24 + 8;
        schedule.forEach((now, i) -> {
            while (receiver.nextTimeout() < now) {
                take(receiver.nextTimeout(), reported);
            }
            receiver.arrived(now, start + i & 0xffff, 7);
            expected.put(start + i & 0xffff, Math.floorMod(Math.floorDiv(now, 250_000L), wrap));
            take(now, reported);
        });
        take(Long.MAX_VALUE - 1, reported);
        expected.forEach((number, ticks) -> {
            assertTrue(reported.get(number) != null, "number " + number + " was not reported as received");
            assertEquals(ticks, Math.floorMod(reported.get(number), wrap));
        });
        reported.forEach((number, ticks) -> assertEquals(ticks != null, expected.containsKey(number)));
        assertTrue(feedbacks < 600, "feedback packets: " + feedbacks);
    }

    @Test
    void reportsEveryHundredMilliseconds() {
        receiver.arrived(0, 1, 7);
        assertEquals(100 * MS, receiver.nextTimeout());
        receiver.arrived(60 * MS, 2, 7);
        assertEquals(100 * MS, receiver.nextTimeout());
        var seen = new HashMap<Integer, Long>();
        take(100 * MS, seen);
        assertEquals(2, seen.size());
        assertEquals(Long.MAX_VALUE, receiver.nextTimeout());
    }

    @Test
    void reportsEarlyWhenManyCame() {
        for (int i = 0; i < 200; i++) {
            assertTrue(receiver.nextTimeout() > i);
            receiver.arrived(i, i, 7);
        }
        assertEquals(199, receiver.nextTimeout());
    }

    @Test
    void reportsALatePacketThatWasReportedLost() {
        receiver.arrived(0, 10, 7);
        receiver.arrived(MS, 12, 7);
        var seen = new HashMap<Integer, Long>();
        take(100 * MS, seen);
        assertTrue(seen.containsKey(11));
        assertEquals(null, seen.get(11));
        receiver.arrived(120 * MS, 11, 7);
        take(220 * MS, seen);
        assertEquals(480, seen.get(11));
    }

    @Test
    void goesOnAfterAJump() {
        receiver.arrived(0, 10, 7);
        receiver.arrived(MS, 30_000, 7);
        var seen = new HashMap<Integer, Long>();
        take(200 * MS, seen);
        assertEquals(4, seen.get(30_000));
    }
}
