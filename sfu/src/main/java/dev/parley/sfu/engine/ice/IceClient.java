package dev.parley.sfu.engine.ice;

import dev.parley.sfu.wire.TransportAddress;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A controlling ICE agent with one local address (RFC 8445), for tests and load: it checks the remote candidates, nominates
 * the best that answers, and keeps consent. Not thread-safe: one thread owns it. Times are monotonic nanoseconds.
 */
public final class IceClient {
    /** What happens; called from within start(), receive() and timeout(). */
    public interface Out {
        /** Send this datagram. */
        void send(TransportAddress to, byte[] datagram);

        /** A pair was nominated and the peer agreed: send everything here. */
        void selected(TransportAddress remote);

        /** No candidate answered in time, or consent was lost. Final until restart(). */
        void failed();
    }

    /** An agent with its own and the peer's credentials. */
    public IceClient(IceCredentials local, IceCredentials remote, RandomGenerator random, IceConfig config) {}

    /** Adds a candidate of the peer; before or after start(). */
    public void addRemoteCandidate(TransportAddress address, long priority) {
        throw new UnsupportedOperationException();
    }

    /** Begins to check. */
    public void start(long now, Out out) {
        throw new UnsupportedOperationException();
    }

    /** Takes a STUN datagram. */
    public void receive(long now, TransportAddress from, byte[] datagram, Out out) {
        throw new UnsupportedOperationException();
    }

    /** The nominated address of the peer. */
    public Optional<TransportAddress> selected() {
        throw new UnsupportedOperationException();
    }

    /** Checks all candidates anew with new credentials. */
    public void restart(long now, IceCredentials local, IceCredentials remote, Out out) {
        throw new UnsupportedOperationException();
    }

    /** When timeout() wants to be called; {@link Long#MAX_VALUE} means never. */
    public long nextTimeout() {
        throw new UnsupportedOperationException();
    }

    /** Sends the checks that are due. */
    public void timeout(long now, Out out) {
        throw new UnsupportedOperationException();
    }
}
