package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import java.security.SecureRandom;
import java.util.List;

/**
 * One side of a DTLS 1.2 association that yields SRTP keys. Not thread-safe: one thread owns it. The asymmetric cryptography
 * of a handshake (about 1 ms in all) runs on the caller's thread inside receive(). Times are monotonic nanoseconds.
 */
public final class DtlsEndpoint {
    /** Which side of the handshake to play. */
    public enum Role {
        /** Sends the ClientHello. */
        CLIENT,
        /** Waits for it. */
        SERVER
    }

    /** What happens; called from within start(), receive(), timeout() and close(). */
    public interface Out {
        /** Send this datagram. */
        void send(byte[] datagram);

        /** The handshake is done and the peer is who the fingerprint says. Once. */
        void connected(SrtpKeys keys);

        /** It failed; final. */
        void failed(DtlsFailure why);

        /** The peer closed the association (close_notify). Final. */
        void closed();
    }

    /**
     * An endpoint that has not begun.
     *
     * @param expectedRemote the peer's fingerprints as signalled, one at least
     * @param drops where dropped records are counted
     */
    public DtlsEndpoint(
            Role role,
            DtlsCertificate own,
            List<DtlsFingerprint> expectedRemote,
            SecureRandom random,
            DtlsConfig config,
            DropCounters drops) {}

    /** Begins: a client sends its first flight, a server starts the clock of its handshake timeout. */
    public void start(long now, Out out) {
        throw new UnsupportedOperationException();
    }

    /** Takes a datagram from the validated address of the peer. Never throws whatever it holds. */
    public void receive(long now, byte[] datagram, Out out) {
        throw new UnsupportedOperationException();
    }

    /** When timeout() wants to be called; {@link Long#MAX_VALUE} means never. */
    public long nextTimeout() {
        throw new UnsupportedOperationException();
    }

    /** Sends a flight again, or gives up. */
    public void timeout(long now, Out out) {
        throw new UnsupportedOperationException();
    }

    /** Says goodbye (close_notify) if connected, and is finished. Does not call closed(). */
    public void close(long now, Out out) {
        throw new UnsupportedOperationException();
    }
}
