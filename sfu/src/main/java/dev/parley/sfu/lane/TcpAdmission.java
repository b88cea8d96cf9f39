package dev.parley.sfu.lane;

import dev.parley.sfu.wire.TransportAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How many TCP connections there may be. Strangers, who sent no authenticated check yet, are counted apart and kept few, so
 * that they can lock out nobody whom a room let in. One thread.
 */
final class TcpAdmission {
    /**
     * Upper bounds.
     *
     * @param connections in all
     * @param perAddress from one IPv4 address, or one IPv6 network of 64 bits
     * @param strangers in all, without an authenticated check
     * @param strangersPerAddress the same from one address
     */
    record Limits(int connections, int perAddress, int strangers, int strangersPerAddress) {
        /** 4,000 and 1,000 (a firm behind one address); 512 and 64 of strangers. */
        static Limits defaults() {
            return new Limits(4_000, 1_000, 512, 64);
        }
    }

    /** An address, or for IPv6 the network in which a host may choose its own. */
    private record Origin(long high, long low) {
        static Origin of(TransportAddress address) {
            return new Origin(address.high(), address.isIpv4() ? address.low() : 0);
        }
    }

    private static final class Counts {
        int connections;
        int strangers;
    }

    private final Limits limits;
    private final Counts all = new Counts();
    private final Map<Origin, Counts> origins = new HashMap<>();

    TcpAdmission(Limits limits) {
        this.limits = limits;
    }

    int connections() {
        return all.connections;
    }

    /** Takes a stranger in; false when there are too many. */
    boolean admit(TransportAddress remote) {
        var origin = Origin.of(remote);
        var there = origins.get(origin);
        if (all.connections >= limits.connections()
                || all.strangers >= limits.strangers()
                || there != null
                        && (there.connections >= limits.perAddress()
                                || there.strangers >= limits.strangersPerAddress())) {
            return false;
        }
        add(origin, 1, 1);
        return true;
    }

    /** Is no stranger any more. */
    void known(TransportAddress remote) {
        add(Origin.of(remote), 0, -1);
    }

    /** Is gone. */
    void left(TransportAddress remote, boolean wasKnown) {
        add(Origin.of(remote), -1, wasKnown ? 0 : -1);
    }

    private void add(Origin origin, int connections, int strangers) {
        all.connections += connections;
        all.strangers += strangers;
        var there = origins.computeIfAbsent(origin, fresh -> new Counts());
        there.connections += connections;
        there.strangers += strangers;
        if (there.connections == 0) {
            origins.remove(origin);
        }
    }
}
