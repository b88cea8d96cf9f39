package dev.parley.sfu.udp;

import dev.parley.sfu.wire.TransportAddress;

/**
 * What decides to which lane's socket the datagrams of an address come. It is told where each transport lives; it may
 * be late, and it may err: such datagrams are handed over. From any lane's thread; it never waits.
 */
public interface Steering {
    /** What takes no advice: the kernel's own choice, which has nothing to do with rooms. */
    Steering NONE = new Steering() {
        @Override
        public void belongs(TransportAddress source, int lane) {}

        @Override
        public void forget(TransportAddress source, int lane) {}

        @Override
        public boolean isFull() {
            return true;
        }
    };

    /** An address belongs to a lane from now on. */
    void belongs(TransportAddress source, int lane);

    /** It belongs to that lane no longer. */
    void forget(TransportAddress source, int lane);

    /** Whether it takes no more advice: then a new transport had better live where its datagrams come to. */
    boolean isFull();
}
