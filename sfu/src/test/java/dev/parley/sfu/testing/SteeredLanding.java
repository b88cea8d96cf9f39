package dev.parley.sfu.testing;

import dev.parley.sfu.udp.Steering;
import dev.parley.sfu.wire.TransportAddress;
import java.util.HashMap;
import java.util.Map;

/** Datagrams arrive where they are said to belong, and others at the first lane. */
final class SteeredLanding implements Landing, Steering {
    private final Map<TransportAddress, Integer> lanes = new HashMap<>();
    private boolean full;

    @Override
    public int lane(TransportAddress from, byte[] datagram) {
        return lanes.getOrDefault(from, 0);
    }

    @Override
    public void belongs(TransportAddress source, int lane) {
        if (!full) {
            lanes.put(source, lane);
        }
    }

    @Override
    public void forget(TransportAddress source, int lane) {
        lanes.remove(source, lane);
    }

    @Override
    public boolean isFull() {
        return full;
    }

    /** Takes no more advice from now on. */
    void fill() {
        full = true;
    }
}
