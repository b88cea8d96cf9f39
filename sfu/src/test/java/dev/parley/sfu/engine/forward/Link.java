package dev.parley.sfu.engine.forward;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * One direction of a bad network in virtual time: it loses, delays, reorders and duplicates datagrams, by a seed.
 * Before and after a bad period it only delays: nobody can miss what nothing follows.
 */
final class Link {
    private record InFlight(long at, long order, byte[] datagram) implements Comparable<InFlight> {
        @Override
        public int compareTo(InFlight other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final Random random;
    private final double loss;
    private final long delay;
    private final long jitter;
    private final long badFrom;
    private final long badUntil;
    private final PriorityQueue<InFlight> inFlight = new PriorityQueue<>();
    private long order;
    long lost;

    Link(long seed, double loss, long delay, long jitter, long badFrom, long badUntil) {
        random = new Random(seed);
        this.loss = loss;
        this.delay = delay;
        this.jitter = jitter;
        this.badFrom = badFrom;
        this.badUntil = badUntil;
    }

    void send(long now, MemorySegment bytes, int length) {
        var datagram = bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        if (now < badFrom || now > badUntil) {
            inFlight.add(new InFlight(now + delay, order++, datagram));
            return;
        }
        if (random.nextDouble() < loss) {
            lost++;
        } else {
            deliverAfter(now, datagram);
        }
        if (random.nextInt(50) == 0) {
            deliverAfter(now, datagram);
        }
    }

    private void deliverAfter(long now, byte[] datagram) {
        // Most keep their order; one in twenty takes a detour.
        long detour = random.nextInt(20) == 0 ? random.nextLong(jitter + 1) : 0;
        inFlight.add(new InFlight(now + delay + detour, order++, datagram));
    }

    long nextArrival() {
        return inFlight.isEmpty() ? Long.MAX_VALUE : inFlight.peek().at();
    }

    void deliver(long now, BiConsumer<MemorySegment, Integer> receiver) {
        while (nextArrival() <= now) {
            var datagram = inFlight.remove().datagram();
            receiver.accept(MemorySegment.ofArray(datagram), datagram.length);
        }
    }
}
