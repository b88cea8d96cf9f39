package dev.parley.sfu.testing;

import dev.parley.sfu.wire.TransportAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Hosts that exchange datagrams on a virtual clock. What is lost, doubled, delayed and overtaken follows from the seed
 * alone, so a failure is repeated by its seed. A minute of conference takes a moment, and nothing ever waits.
 */
public final class VirtualNetwork {
    /** What happens now, by order: datagrams that arrive at the same time arrive in the order they were sent. */
    private record Flight(long at, long number, TransportAddress from, TransportAddress to, byte[] datagram) {}

    /** Something with addresses and timers. */
    public interface Host {
        /** Takes a datagram. */
        void receive(long now, TransportAddress from, TransportAddress to, byte[] datagram);

        /** When {@link #timeout} wants to be called; {@link Long#MAX_VALUE} means never. */
        long nextTimeout();

        /** Does what is due. */
        void timeout(long now);
    }

    /** Looks at, and may change or remove, what is sent. */
    @FunctionalInterface
    public interface Tap {
        /** What to send instead: the same array to leave it, an empty one to lose it. */
        byte[] pass(TransportAddress from, TransportAddress to, byte[] datagram);
    }

    private final SplittableRandom random;
    private final Map<TransportAddress, Host> hosts = new HashMap<>();
    private final Set<Host> distinct = new LinkedHashSet<>();
    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(Comparator.comparingLong(Flight::at).thenComparingLong(Flight::number));
    private Impairment impairment = Impairment.CLEAN;
    private Tap tap = (from, to, datagram) -> datagram;
    private long now = 1_000_000_000L;
    private long sent;
    private long lost;

    /** A network without hosts. */
    public VirtualNetwork(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Gives a host an address. */
    public void attach(TransportAddress address, Host host) {
        hosts.put(address, host);
        distinct.add(host);
    }

    /** Takes an address away: what is under way to it is lost. */
    public void detach(TransportAddress address) {
        hosts.remove(address);
    }

    /** Takes a host off the network: it sends and receives no more, and time does not pass for it. */
    public void remove(Host host) {
        hosts.values().removeIf(present -> present == host);
        distinct.remove(host);
    }

    /** From now on, datagrams fare like this. */
    public void impair(Impairment changed) {
        impairment = changed;
    }

    /** From now on, this looks at each datagram. */
    public void tap(Tap changed) {
        tap = changed;
    }

    /** The time. */
    public long now() {
        return now;
    }

    /** How many datagrams were sent. */
    public long sent() {
        return sent;
    }

    /** How many of them were lost by {@link Impairment#loss}. */
    public long lost() {
        return lost;
    }

    /** Puts a datagram on the wire. */
    public void send(TransportAddress from, TransportAddress to, byte[] datagram) {
        sent++;
        var passed = tap.pass(from, to, datagram);
        if (passed.length == 0 && datagram.length > 0) {
            return;
        }
        if (random.nextDouble() < impairment.loss()) {
            lost++;
            return;
        }
        fly(from, to, passed);
        if (random.nextDouble() < impairment.duplication()) {
            fly(from, to, passed.clone());
        }
    }

    private void fly(TransportAddress from, TransportAddress to, byte[] datagram) {
        long jitter = impairment.jitterNanos() == 0 ? 0 : random.nextLong(impairment.jitterNanos());
        flights.add(new Flight(now + impairment.delayNanos() + jitter, sent, from, to, datagram));
    }

    /** Lets a time pass. */
    public void run(long nanos) {
        runUntil(() -> false, nanos);
    }

    /** Lets time pass until a condition holds, but not more than this. @return whether it holds */
    public boolean runUntil(BooleanSupplier condition, long nanos) {
        long end = now + nanos;
        while (!condition.getAsBoolean()) {
            long next = next();
            if (next > end) {
                now = end;
                return condition.getAsBoolean();
            }
            now = Math.max(now, next);
            step();
        }
        return true;
    }

    private long next() {
        long next = flights.isEmpty() ? Long.MAX_VALUE : flights.element().at();
        for (var host : distinct) {
            next = Math.min(next, host.nextTimeout());
        }
        return next;
    }

    private void step() {
        while (!flights.isEmpty() && flights.element().at() <= now) {
            var flight = flights.remove();
            var host = hosts.get(flight.to());
            if (host != null) {
                host.receive(now, flight.from(), flight.to(), flight.datagram());
            }
        }
        for (var host : distinct) {
            if (host.nextTimeout() <= now) {
                host.timeout(now);
                if (host.nextTimeout() <= now) {
                    throw new AssertionError("A host asks for a time that it was just given: " + host);
                }
            }
        }
    }
}
