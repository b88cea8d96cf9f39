package dev.parley.sfu.engine.ice;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.wire.TransportAddress;
import java.util.Optional;

/**
 * The server's side of ICE (RFC 8445, lite): it sends no checks of its own, answers authenticated ones, and keeps consent
 * (RFC 7675). One per transport; it knows nothing of sockets. Not thread-safe: one thread owns it.
 *
 * <p>Times are monotonic nanoseconds; {@link Long#MAX_VALUE} means never.
 */
public final class IceLite {
    /** What happens; called from within receive() and timeout(). */
    public interface Out {
        /** Send this datagram. */
        void send(TransportAddress to, byte[] datagram);

        /** From now on, send everything to this address. */
        void selected(TransportAddress remote);

        /** The state changed. After {@link IceState#DISCONNECTED} nothing may be sent; after CLOSED, free the transport. */
        void stateChanged(IceState state);
    }

    /**
     * Waits for checks from now on.
     *
     * @param localUfrag the fragment that was signalled to the peer
     * @param localPassword the password that was signalled to the peer
     * @param drops where dropped datagrams are counted
     * @param now the time; the connect timeout counts from here
     */
    public IceLite(String localUfrag, String localPassword, IceConfig config, DropCounters drops, long now) {}

    /** Takes a STUN datagram that was demultiplexed to this fragment. Bad integrity: a silent counted drop. */
    public void receive(long now, TransportAddress from, byte[] datagram, Out out) {
        throw new UnsupportedOperationException();
    }

    /** Whether an authenticated check came from this address, not longer ago than consent lasts. */
    public boolean isValid(TransportAddress from) {
        throw new UnsupportedOperationException();
    }

    /** Where to send: the address nominated last, or before any nomination the first that worked. Empty without consent. */
    public Optional<TransportAddress> selected() {
        throw new UnsupportedOperationException();
    }

    /** How far ICE has come. */
    public IceState state() {
        throw new UnsupportedOperationException();
    }

    /** New credentials. The old ones, and the selected address, stay good until the first check with the new ones. */
    public void restart(String ufrag, String password) {
        throw new UnsupportedOperationException();
    }

    /** When timeout() wants to be called. It may be called earlier or later without harm. */
    public long nextTimeout() {
        throw new UnsupportedOperationException();
    }

    /** Ends consent and gives up where the time has come. */
    public void timeout(long now, Out out) {
        throw new UnsupportedOperationException();
    }
}
