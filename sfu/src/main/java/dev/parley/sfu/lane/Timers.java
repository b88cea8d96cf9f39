package dev.parley.sfu.lane;

import java.util.Arrays;

/** The timers of one lane: a binary heap ordered by deadline, in which each timer knows its place and can be moved. */
public final class Timers {
    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** What a timer does when its deadline has come. It may set itself again. */
    @FunctionalInterface
    public interface Alarm {
        /** The deadline has come. */
        void ring(long now);
    }

    /** One timer; set and unset any number of times. */
    public static final class Timer {
        private final Alarm alarm;
        private long deadline = NEVER;
        private int place = -1;

        /** A timer that is not set. */
        public Timer(Alarm alarm) {
            this.alarm = alarm;
        }
    }

    /** Fills free places, so that a timer that is not set is not held in memory. */
    private static final Timer NONE = new Timer(now -> {});

    private Timer[] heap = new Timer[64];
    private int size;

    /** Without timers. */
    public Timers() {
        Arrays.fill(heap, NONE);
    }

    /** Sets a timer to a deadline in nanoseconds, or off with {@link #NEVER}. */
    public void set(Timer timer, long deadline) {
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

    /** The earliest deadline. */
    public long next() {
        return size == 0 ? NEVER : heap[0].deadline;
    }

    /** How many timers are set. */
    int size() {
        return size;
    }

    /** Rings all timers whose deadline has come; one that sets itself to the past waits for the next call. */
    public void run(long now) {
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
