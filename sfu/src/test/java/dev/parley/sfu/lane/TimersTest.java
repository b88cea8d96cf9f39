package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.sfu.lane.Timers.Timer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final Timers timers = new Timers();
    private final List<Integer> rung = new ArrayList<>();

    private Timer timer(int name) {
        return Timer.exact(now -> rung.add(name));
    }

    private Timer patient(int name) {
        return Timer.patient(now -> rung.add(name));
    }

    @Test
    void ringInTheOrderOfTheirDeadlines() {
        for (int deadline : new int[] {50, 10, 40, 20, 30}) {
            timers.set(timer(deadline), deadline);
        }
        assertEquals(10, timers.next());
        timers.run(30);
        assertEquals(List.of(10, 20, 30), rung);
        assertEquals(40, timers.next());
    }

    @Test
    void canBeMovedAndUnset() {
        var moved = timer(1);
        var unset = timer(2);
        timers.set(moved, 10);
        timers.set(unset, 20);
        timers.set(moved, 30);
        timers.set(unset, Timers.NEVER);
        timers.run(29);
        assertEquals(List.of(), rung);
        timers.run(30);
        assertEquals(List.of(1), rung);
        assertEquals(0, timers.size());
        assertEquals(Timers.NEVER, timers.next());
    }

    @Test
    void thatSetThemselvesToThePastRingOncePerRun() {
        var again = new Timer[1];
        again[0] = Timer.exact(now -> {
            rung.add(1);
            timers.set(again[0], 0);
        });
        timers.set(again[0], 0);
        timers.run(5);
        assertEquals(List.of(1), rung);
        timers.run(5);
        assertEquals(List.of(1, 1), rung);
    }

    @Test
    void thatArePatientEndAWaitLaterAndRingInAnyTurnFromTheirDeadlineOn() {
        timers.set(patient(1), 10);
        assertEquals(10 + Timers.PATIENCE_NANOS, timers.next());
        timers.run(9);
        assertEquals(List.of(), rung);
        timers.run(10);
        assertEquals(List.of(1), rung);
        assertEquals(Timers.NEVER, timers.next());
    }

    @Test
    void thatArePatientRingTogether() {
        timers.set(patient(1), 10);
        timers.set(patient(2), 10 + Timers.PATIENCE_NANOS - 1);
        timers.set(patient(3), 10 + Timers.PATIENCE_NANOS + 1);
        timers.run(timers.next());
        assertEquals(List.of(1, 2), rung);
        assertEquals(1, timers.size());
    }

    @Test
    void thatAreExactEndTheWaitOfPatientOnes() {
        timers.set(patient(1), 10);
        timers.set(timer(2), 20);
        assertEquals(20, timers.next());
        timers.run(20);
        assertEquals(List.of(2, 1), rung);
    }

    @Test
    void agreeWithASortedListOverManyRandomMoves() {
        var random = new SplittableRandom(7);
        var deadlines = new long[300];
        var all = new Timer[deadlines.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = timer(i);
        }
        Arrays.fill(deadlines, Timers.NEVER);
        for (int step = 0; step < 20_000; step++) {
            int i = random.nextInt(all.length);
            deadlines[i] = random.nextInt(5) == 0 ? Timers.NEVER : random.nextInt(100_000);
            timers.set(all[i], deadlines[i]);
            assertEquals(Arrays.stream(deadlines).min().orElseThrow(), timers.next());
        }
    }
}
