package dev.parley.sfu.engine.dtls;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both roles of a handshake share: identities, the transcript, our message numbers and the flight being written.
 */
final class HandshakeContext {
    private final boolean client;
    private final DtlsCertificate own;
    private final List<DtlsFingerprint> expected;
    private final SecureRandom random;
    private final DtlsConfig config;
    private final RecordLayer records;
    private final Transcript transcript = new Transcript();
    private int nextSequence;
    private @Nullable Flight ready;

    HandshakeContext(
            boolean client,
            DtlsCertificate own,
            List<DtlsFingerprint> expected,
            SecureRandom random,
            DtlsConfig config,
            RecordLayer records) {
        this.client = client;
        this.own = own;
        this.expected = expected;
        this.random = random;
        this.config = config;
        this.records = records;
    }

    DtlsCertificate own() {
        return own;
    }

    DtlsConfig config() {
        return config;
    }

    SecureRandom random() {
        return random;
    }

    Transcript transcript() {
        return transcript;
    }

    byte[] randomBytes() {
        var bytes = new byte[ClientHello.RANDOM];
        random.nextBytes(bytes);
        return bytes;
    }

    PeerCertificate checkPeer(List<byte[]> chain) throws HandshakeException {
        return PeerCertificate.check(chain, expected);
    }

    /** Writes a message of ours into a flight and the transcript. */
    void write(Flight flight, int type, byte[] body) {
        var message = new HandshakeMessage(type, nextSequence++, 0, body);
        transcript.add(message);
        flight.add(message);
    }

    /** Ends a flight with ChangeCipherSpec and Finished. */
    void writeFinished(Flight flight, CipherSuite suite, KeySchedule keys) {
        byte[] verifyData = keys.verifyData(client, transcript.hash(suite));
        var message = new HandshakeMessage(HandshakeMessage.FINISHED, nextSequence++, 1, verifyData);
        transcript.add(message);
        flight.addChangeCipherSpec();
        flight.add(message);
    }

    /**
     * The keys of the association with the handshake up to and with ClientKeyExchange, installed for the next epoch.
     */
    KeySchedule deriveKeys(Negotiated negotiated, byte[] premaster) {
        var keys = KeySchedule.derive(negotiated, premaster, transcript.hash(negotiated.suite()));
        records.install(keys.cipher(!client), keys.cipher(client));
        config.keyLog().ifPresent(keys::tell);
        return keys;
    }

    /** Compares the peer's Finished with what it should say, in constant time. */
    void checkFinished(HandshakeMessage message, CipherSuite suite, KeySchedule keys) throws HandshakeException {
        byte[] verifyData = keys.verifyData(!client, transcript.hash(suite));
        if (!MessageDigest.isEqual(verifyData, message.body())) {
            throw new HandshakeException(Alert.DECRYPT_ERROR, DtlsFailure.BAD_FINISHED);
        }
        transcript.add(message);
    }

    /** Forgets the transcript: nothing comes after the handshake that would need it. */
    void finish() {
        transcript.clear();
    }

    /** A flight that is to be sent once the current message is done with. */
    void send(Flight flight) {
        ready = flight;
    }

    Optional<Flight> takeFlight() {
        var flight = Optional.ofNullable(ready);
        ready = null;
        return flight;
    }
}
