package dev.parley.sfu.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.udp.MediaPath;
import java.lang.foreign.Arena;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That warming up does what it says: whole meetings, on the path that will be used. */
class WarmUpTest {
    private static final long LONG_NANOS = 60_000_000_000L;
    private static final int TURNS = 200;

    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "JAVA"})
    void everyMeetingForwardsItsStreamToEverybody(HotPath hotPath) throws Exception {
        try (var arena = Arena.ofShared()) {
            var warmUp = new WarmUp(MediaPath.choose(hotPath), DtlsCertificate.generate(new SecureRandom()), arena);
            for (int sort = 0; sort < 6; sort++) {
                var meeting = new Rehearsal(warmUp, arena, Rehearsal.Sort.number(sort));
                assertEquals(TURNS, meeting.play(TURNS, System.nanoTime() + LONG_NANOS));
                // Three subscribers, of which each missed at most what came since it was asked last.
                assertTrue(meeting.received() > 3 * (TURNS - 20), "sort " + sort + ": " + meeting.received());
                meeting.close();
            }
            assertEquals(0, warmUp.core().counts().transports());
            assertEquals(Map.of(), warmUp.core().drops().snapshot());
            warmUp.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "JAVA"})
    void itEndsAfterItsTurns(HotPath hotPath) throws Exception {
        try (var arena = Arena.ofShared()) {
            var warmUp = new WarmUp(MediaPath.choose(hotPath), DtlsCertificate.generate(new SecureRandom()), arena);
            assertEquals(100, warmUp.run(100, System.nanoTime() + LONG_NANOS));
            assertEquals(0, warmUp.run(100, System.nanoTime()));
            warmUp.close();
        }
    }

    /**
     * New people bring handshakes, whose methods keep the compilers busy for as long as somebody waits for them to be
     * idle.
     */
    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "JAVA"})
    void nobodyJoinsOrLeavesWhileTheCompilersAreWaitedFor(HotPath hotPath) throws Exception {
        try (var arena = Arena.ofShared()) {
            var warmUp = new WarmUp(MediaPath.choose(hotPath), DtlsCertificate.generate(new SecureRandom()), arena);
            var asked = new AtomicInteger();
            var people = new HashSet<Integer>();
            int turns = warmUp.keepUp(
                    now -> {
                        people.add(warmUp.core().counts().transports());
                        return asked.incrementAndGet() <= 10;
                    },
                    System.nanoTime() + LONG_NANOS);
            assertEquals(11, asked.get());
            assertEquals(10 * 128, turns);
            assertEquals(Set.of(4 * Rehearsal.Sort.all().size()), people);
            assertEquals(0, warmUp.core().counts().transports());
            assertEquals(0, warmUp.keepUp(now -> false, System.nanoTime() + LONG_NANOS));
            assertEquals(0, warmUp.keepUp(now -> true, System.nanoTime()));
            warmUp.close();
        }
    }

    /**
     * Or reports and path checks would be seen a few times only, and what the compiler saw too little of is not fast.
     */
    @Test
    void itsTimeGoesFasterThanTheClock() throws Exception {
        try (var arena = Arena.ofShared()) {
            var warmUp = new WarmUp(MediaPath.choose(HotPath.JAVA), DtlsCertificate.generate(new SecureRandom()), arena);
            var meeting = new Rehearsal(warmUp, arena, Rehearsal.Sort.number(0));
            long before = warmUp.now();
            meeting.play(TURNS, System.nanoTime() + LONG_NANOS);
            assertTrue(warmUp.now() - before > TURNS * 4_000_000L);
            meeting.close();
            warmUp.close();
        }
    }

    @Test
    void meetingsAreOfDifferentSorts() {
        assertEquals(4, Rehearsal.Sort.all().size());
    }
}
