package dev.parley.sfu.lane;

import java.util.Arrays;

/**
 * The timers of one lane.
 *
 * <p>To wake up for one timer costs a lane more than what most timers do: its code and data have left the processor's
 * caches by then. So there are two kinds. An exact timer ends the lane's wait at its deadline. A patient one rings in the
 * first turn after its deadline, whatever that turn is for, and ends a wait only when {@link #PATIENCE_NANOS} are over:
 * where media flows it never does, and where none flows those of many transports ring together.
 */
public final class Timers {
    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How much later than its deadline a patient timer may ring: 50 ms. */
    public static final long PATIENCE_NANOS = 50_000_000;

    /** What a timer does when its deadline has come. It may set itself again. */
    @FunctionalInterface
    public interface Alarm {
        /** The deadline has come. */
        void ring(long now);
    }

    /** One timer; set and unset any number of times. */
    public static final class Timer {
        private final Alarm alarm;
        private final boolean patient;
        private long deadline = NEVER;
        private int place = -1;

        private Timer(Alarm alarm, boolean patient) {
            this.alarm = alarm;
            this.patient = patient;
        }

        /** A timer that is not set, and rings at its deadline. */
        public static Timer exact(Alarm alarm) {
            return new Timer(alarm, false);
        }

        /** A timer that is not set, and rings up to {@link #PATIENCE_NANOS} later than its deadline. */
        public static Timer patient(Alarm alarm) {
            return new Timer(alarm, true);
        }
    }

    private final Heap exact = new Heap();
    private final Heap patient = new Heap();

    /** Sets a timer to a deadline in nanoseconds, or off with {@link #NEVER}. */
    public void set(Timer timer, long deadline) {
        (timer.patient ? patient : exact).set(timer, deadline);
    }

    /** When {@link #run} wants to be called at the latest. */
    public long next() {
        var atTheLatest = patient.size == 0 ? NEVER : patient.next() + PATIENCE_NANOS;
        return Math.min(exact.next(), atTheLatest);
    }

    /** How many timers are set. */
    int size() {
        return exact.size + patient.size;
    }

    /** Rings all timers whose deadline has come; one that sets itself to the past waits for the next call. */
    public void run(long now) {
        exact.run(now);
        patient.run(now);
    }

    /** A binary heap ordered by deadline, in which each timer knows its place and can be moved. */
    private static final class Heap {
        /** Fills free places, so that a timer that is not set is not held in memory. */
        private static final Timer NONE = Timer.exact(now -> {});

        private Timer[] heap = new Timer[64];
        private int size;

        private Heap() {
            Arrays.fill(heap, NONE);
        }

        void set(Timer timer, long deadline) {
            if (timer.deadline == deadline) {
                return;
            }
            timer.deadline = deadline;
            if (deadline == NEVER) {
                remove(timer);
            } else if (timer.place < 0) {
                if (size == heap.length) {
                    heap = Arrays.copyOf(heap, size * 2);
                    Arrays.fill(heap, size, heap.length, NONE);
                }
                up(timer, size++);
            } else {
                up(timer, timer.place);
                down(timer, timer.place);
            }
        }

        long next() {
            return size == 0 ? NEVER : heap[0].deadline;
        }

        void run(long now) {
            for (var left = size; left > 0 && size > 0 && heap[0].deadline <= now; left--) {
                var timer = heap[0];
                remove(timer);
                timer.deadline = NEVER;
                timer.alarm.ring(now);
            }
        }

        private void remove(Timer timer) {
            var place = timer.place;
            if (place < 0) {
                return;
            }
            timer.place = -1;
            var last = heap[--size];
            heap[size] = NONE;
            if (last != timer) {
                up(last, place);
                down(last, last.place);
            }
        }

        private void up(Timer timer, int from) {
            var place = from;
            while (place > 0 && heap[(place - 1) / 2].deadline > timer.deadline) {
                put(heap[(place - 1) / 2], place);
                place = (place - 1) / 2;
            }
            put(timer, place);
        }

        private void down(Timer timer, int from) {
            var place = from;
            while (true) {
                var child = place * 2 + 1;
                if (child + 1 < size && heap[child + 1].deadline < heap[child].deadline) {
                    child++;
                }
                if (child >= size || heap[child].deadline >= timer.deadline) {
                    break;
                }
                put(heap[child], place);
                place = child;
            }
            put(timer, place);
        }

        private void put(Timer timer, int place) {
            heap[place] = timer;
            timer.place = place;
        }
    }
}
