package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import java.util.Optional;

/** The steps of a handshake in one role. Messages arrive whole and in sequence. */
sealed interface Handshake permits ClientHandshake, ServerHandshake {
    /** Begins: the client writes its first flight. */
    void begin();

    /**
     * Takes the next message of the peer.
     *
     * @return false if the message is malformed or does not belong here. It is then as if it had not come, because in
     *     epoch 0 anybody may have written it, and the true one may still follow
     * @throws HandshakeException if the message is well-formed, and ends the handshake by what it says
     */
    boolean take(HandshakeMessage message) throws HandshakeException;

    /** What the handshake yielded, once it is done. */
    Optional<SrtpKeys> result();
}
