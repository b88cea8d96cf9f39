package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
    @Test
    void givesBackInOrderAndRefusesWhatDoesNotFit() {
        var queue = new CommandQueue<Integer>(4);
        for (int lap = 0; lap < 10; lap++) {
            for (int i = 0; i < 4; i++) {
                assertTrue(queue.offer(i));
            }
            assertFalse(queue.offer(4));
            for (int i = 0; i < 4; i++) {
                assertEquals(i, queue.poll());
            }
            assertNull(queue.poll());
            assertTrue(queue.isEmpty());
        }
    }

    @Test
    void losesNothingFromManyThreadsAndKeepsEachThreadsOrder() throws Exception {
        var queue = new CommandQueue<int[]>(64);
        int producers = 4;
        int each = 20_000;
        var threads = new ArrayList<Thread>();
        for (int p = 0; p < producers; p++) {
            int id = p;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    while (!queue.offer(new int[] {id, i})) {
                        Thread.yield();
                    }
                }
            }));
        }
        var next = new int[producers];
        for (int taken = 0; taken < producers * each; ) {
            var element = queue.poll();
            if (element == null) {
                Thread.yield();
                continue;
            }
            assertEquals(next[element[0]]++, element[1]);
            taken++;
        }
        for (var thread : threads) {
            thread.join();
        }
        assertNull(queue.poll());
    }
}
