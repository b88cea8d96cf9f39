package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.SfuLimits;
import dev.parley.sfu.WebRtcTransportOptions;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What lanes leave for each other, under the eyes of several threads. */
class LaneMailTest {
    private static final int THREADS = 3;
    private static final int EACH = 50_000;

    private final Arena arena = Arena.ofShared();
    private final SecureRandom random = new SecureRandom();
    private final LaneCore lane = new LaneCore(
            new LaneSettings(
                    List.of(), DtlsCertificate.generate(random), SfuLimits.defaults(), SrtpProvider.JAVA),
            random,
            new OutBatch(1, arena, OutBatch::clear),
            arena.allocate(InBatch.SLOT),
            0);
    private final TransportCore transport = lane.createRouter(new RtpCapabilities(List.of(), List.of()))
            .createTransport(0, WebRtcTransportOptions.defaults(), event -> {});

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void bellsAreAnsweredOnceAndInOrder() {
        var heard = new ArrayList<Integer>();
        var bells = new Bells();
        for (int i = 0; i < 5; i++) {
            int number = i;
            var bell = new Bell((on, now) -> heard.add(number));
            assertTrue(bell.ring());
            assertFalse(bell.ring(), "it rings already");
            bells.hang(bell);
        }
        assertEquals(5, bells.hear(lane, 0));
        assertEquals(List.of(0, 1, 2, 3, 4), heard);
        assertTrue(bells.isEmpty());
        assertEquals(0, bells.hear(lane, 0));
    }

    @Test
    void aBellThatRingsAgainWhileItIsAnsweredIsHeardAgain() {
        var bells = new Bells();
        var again = new Bell[1];
        var heard = new int[1];
        again[0] = new Bell((on, now) -> {
            if (heard[0]++ == 0 && again[0].ring()) {
                bells.hang(again[0]);
            }
        });
        again[0].ring();
        bells.hang(again[0]);
        assertEquals(1, bells.hear(lane, 0));
        assertEquals(1, bells.hear(lane, 0));
        assertEquals(2, heard[0]);
    }

    @Test
    void anAnswerThatFailsSilencesNoOtherBell() {
        var bells = new Bells();
        var heard = new int[1];
        var failing = new Bell((on, now) -> {
            throw new IllegalStateException("a bug, on purpose");
        });
        var other = new Bell((on, now) -> heard[0]++);
        for (var bell : List.of(failing, other)) {
            assertTrue(bell.ring());
            bells.hang(bell);
        }
        assertThrows(IllegalStateException.class, () -> bells.hear(lane, 0));
        assertEquals(1, heard[0]);
        assertTrue(failing.ring() && other.ring(), "both can ring again");
    }

    @Test
    void whatWasWrittenBeforeABellRangIsSeenByItsAnswer() throws Exception {
        var bells = new Bells();
        var written = new AtomicLongArray(THREADS);
        var seen = new long[THREADS];
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < THREADS; t++) {
            int writer = t;
            var bell = new Bell((on, now) -> seen[writer] = written.getPlain(writer));
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 1; i <= EACH; i++) {
                    written.setPlain(writer, i);
                    if (bell.ring()) {
                        bells.hang(bell);
                    }
                }
            }));
        }
        while (threads.stream().anyMatch(Thread::isAlive)) {
            bells.hear(lane, 0);
        }
        bells.hear(lane, 0);
        for (int t = 0; t < THREADS; t++) {
            assertEquals(EACH, seen[t], "the last ring was lost");
        }
    }

    @Test
    void handedOverDatagramsArriveWholeAndInOrderFromEachLane() throws Exception {
        var ring = new HandOverRing(arena);
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < THREADS; t++) {
            int sender = t;
            threads.add(Thread.ofPlatform().start(() -> {
                var source = TransportAddress.ipv4(0x0a000000 + sender, 1);
                var memory = MemorySegment.ofArray(new byte[64]);
                for (int i = 0; i < EACH; ) {
                    int length = 8 + i % 50;
                    memory.asSlice(0, length).fill((byte) i);
                    memory.set(ValueLayout.JAVA_INT_UNALIGNED, 4, i);
                    if (ring.offer(transport, source, sender, 10 + sender, memory, 0, length)) {
                        i++;
                    } else {
                        Thread.yield();
                    }
                }
            }));
        }
        var next = new int[THREADS];
        for (int taken = 0; taken < THREADS * EACH; ) {
            if (ring.peek() == null) {
                Thread.yield();
                continue;
            }
            int sender = ring.local();
            int i = next[sender]++;
            assertEquals(i, ring.memory().get(ValueLayout.JAVA_INT_UNALIGNED, ring.offset() + 4));
            assertEquals((byte) i, ring.memory().get(ValueLayout.JAVA_BYTE, ring.offset()));
            assertEquals(8 + i % 50, ring.length());
            assertEquals(10 + sender, ring.landed());
            assertEquals(TransportAddress.ipv4(0x0a000000 + sender, 1), ring.source());
            ring.remove();
            taken++;
        }
        for (var thread : threads) {
            thread.join();
        }
        assertNull(ring.peek());
        assertTrue(ring.isEmpty());
    }

    @Test
    void aFullRingRefuses() {
        var ring = new HandOverRing(arena);
        var source = TransportAddress.ipv4(1, 1);
        var memory = MemorySegment.ofArray(new byte[1]);
        for (int lap = 0; lap < 3; lap++) {
            for (int i = 0; i < HandOverRing.CAPACITY; i++) {
                assertTrue(ring.offer(transport, source, 0, 0, memory, 0, 1));
            }
            assertFalse(ring.offer(transport, source, 0, 0, memory, 0, 1));
            for (int i = 0; i < HandOverRing.CAPACITY; i++) {
                assertEquals(transport, ring.peek());
                ring.remove();
            }
            assertNull(ring.peek());
        }
    }
}
