package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import java.security.SecureRandom;
import java.util.List;

/**
 * One side of a DTLS 1.2 association that yields SRTP keys (RFC 6347, 5764): both sides show certificates, and the
 * peer's must have a fingerprint that was signalled (RFC 8827, 6.5). ECDHE and AES-GCM only; extended master secret
 * (RFC 7627) and secure renegotiation (RFC 5746) are required of the peer, and a renegotiation is refused. A peer that
 * offers DTLS 1.3 as well is answered in 1.2.
 *
 * <p>Not thread-safe: one thread owns it. The asymmetric cryptography of a handshake, an estimated 1–2 ms in all on a
 * current core, runs on that thread inside receive(). Times are monotonic nanoseconds; {@link Long#MAX_VALUE} means
 * never.
 *
 * <p><b>What strangers can do.</b> The caller hands in only datagrams from the address that ICE validated. Somebody may
 * still forge that address, and until the keys are there nothing tells his records from the peer's. So in epoch 0 a
 * message that is malformed or out of place is as if it had not come; an alert, or a ClientHello that cannot be
 * accepted, ends the handshake only if it does not go on within {@link #SUSPICION}; and what may be held for reassembly
 * is bounded. Only a message that is well-formed, in place and wrong, such as one with a bad signature, ends it at
 * once. Once connected, epoch 0 is not listened to at all. Every dropped record or message is counted.
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

        /** It failed; final. After connected() only if the peer said so by an authenticated fatal alert. */
        void failed(DtlsFailure why);

        /** The peer closed the association (close_notify). Final. */
        void closed();
    }

    private enum State {
        IDLE,
        HANDSHAKING,
        CONNECTED,
        ENDED
    }

    /**
     * How long a handshake may stand still after an unauthenticated sign that the peer gave up: 3 s, three
     * retransmissions.
     */
    static final long SUSPICION = 3_000_000_000L;

    /** A real flight has six records or so. */
    private static final int MOST_RECORDS = 32;

    private final Role role;
    private final DtlsConfig config;
    private final DropCounters drops;
    private final RecordLayer records;
    private final Reassembly reassembly = new Reassembly();
    private final Retransmission retransmission;
    private final HandshakeContext context;
    private final Handshake handshake;
    private State state = State.IDLE;
    private long deadline = Long.MAX_VALUE;
    private long suspectedUntil = Long.MAX_VALUE;
    private DtlsFailure suspicion = DtlsFailure.PEER_ALERT;
    private boolean renegotiationRefused;

    /**
     * An endpoint that has not begun.
     *
     * @param expectedRemote the peer's fingerprints as signalled, one at least. Of several algorithms only the one with
     *     the longest hash counts
     * @param drops where dropped records are counted
     * @throws IllegalArgumentException if no fingerprint is expected: then nobody could be authenticated
     */
    public DtlsEndpoint(
            Role role,
            DtlsCertificate own,
            List<DtlsFingerprint> expectedRemote,
            SecureRandom random,
            DtlsConfig config,
            DropCounters drops) {
        if (expectedRemote.isEmpty()) {
            throw new IllegalArgumentException("one fingerprint of the peer at least is needed");
        }
        this.role = role;
        this.config = config;
        this.drops = drops;
        this.records = new RecordLayer(drops);
        this.retransmission = new Retransmission(records, config);
        this.context = new HandshakeContext(
                role == Role.CLIENT, own, List.copyOf(expectedRemote), random, config, records);
        this.handshake = role == Role.CLIENT ? new ClientHandshake(context) : new ServerHandshake(context);
    }

    /**
     * Begins: a client sends its first flight; for both the handshake timeout counts from here. Once; later calls do
     * nothing.
     */
    public void start(long now, Out out) {
        if (state == State.IDLE) {
            state = State.HANDSHAKING;
            deadline = now + config.handshakeTimeout().toNanos();
            handshake.begin();
            sendReadyFlight(now, out);
        }
    }

    /**
     * Takes a datagram from the validated address of the peer. Never throws whatever it holds. A server that was not
     * started starts with its first datagram.
     */
    public void receive(long now, byte[] datagram, Out out) {
        if (state == State.IDLE && role == Role.SERVER) {
            start(now, out);
        }
        if (state == State.IDLE || state == State.ENDED) {
            drops.count(Drop.NOT_CONNECTED);
            return;
        }
        try {
            receiveRecords(now, new ByteReader(datagram), out);
        } catch (HandshakeException end) {
            sendAlert(end.alert(), out);
            end(end.failure(), out);
        }
    }

    /** When timeout() wants to be called; {@link Long#MAX_VALUE} means never. */
    public long nextTimeout() {
        return state == State.HANDSHAKING
                ? Math.min(Math.min(deadline, suspectedUntil), retransmission.due())
                : Long.MAX_VALUE;
    }

    /** Sends a flight again, or gives up. May be called earlier or later than asked for. */
    public void timeout(long now, Out out) {
        if (state != State.HANDSHAKING) {
            return;
        }
        if (now >= suspectedUntil) {
            end(suspicion, out);
        } else if (now >= deadline) {
            end(DtlsFailure.TIMEOUT, out);
        } else {
            retransmission.timeout(now).forEach(out::send);
        }
    }

    /** Says goodbye (close_notify) if connected, and is finished. Does not call closed(). */
    public void close(long now, Out out) {
        if (state == State.CONNECTED) {
            sendAlert(Alert.CLOSE_NOTIFY, out);
        }
        state = State.ENDED;
    }

    private void receiveRecords(long now, ByteReader datagram, Out out) throws HandshakeException {
        int count = 0;
        do {
            var record = DtlsRecord.next(datagram);
            if (record.isEmpty() || ++count > MOST_RECORDS) {
                drops.count(Drop.DTLS_MALFORMED);
                return;
            }
            receiveRecord(now, record.get(), out);
        } while (datagram.remaining() > 0 && state != State.ENDED);
    }

    private void receiveRecord(long now, DtlsRecord record, Out out) throws HandshakeException {
        switch (record.epoch()) {
            case 0 -> receivePlain(now, record, out);
            case 1 -> {
                var plain = records.open(record);
                if (plain.isPresent()) {
                    receiveAuthentic(now, record.type(), plain.get(), out);
                }
            }
            default -> drops.count(Drop.DTLS_UNEXPECTED);
        }
    }

    private void receivePlain(long now, DtlsRecord record, Out out) throws HandshakeException {
        if (state == State.CONNECTED) {
            // The rest of a repeated flight, or a forgery. The Finished of that flight comes in epoch 1 and suffices.
            drops.count(record.type() == DtlsRecord.HANDSHAKE ? Drop.DTLS_REPLAY : Drop.DTLS_UNEXPECTED);
            return;
        }
        switch (record.type()) {
            case DtlsRecord.HANDSHAKE -> receiveFragments(now, 0, record.body(), out);
            case DtlsRecord.ALERT -> receivePlainAlert(now, record.body());
            case DtlsRecord.CHANGE_CIPHER_SPEC -> {
                // The epoch of the records that follow tells the same, and is authenticated.
            }
            default -> drops.count(Drop.DTLS_UNEXPECTED);
        }
    }

    private void receivePlainAlert(long now, byte[] alert) {
        drops.count(Drop.DTLS_UNEXPECTED);
        if (alert.length == 2 && (alert[0] == Alert.LEVEL_FATAL || alert[1] == Alert.CLOSE_NOTIFY.code())) {
            suspect(now, DtlsFailure.PEER_ALERT);
        }
    }

    private void receiveAuthentic(long now, int type, byte[] plain, Out out) throws HandshakeException {
        switch (type) {
            case DtlsRecord.HANDSHAKE -> receiveFragments(now, 1, plain, out);
            case DtlsRecord.ALERT -> receiveAlert(plain, out);
            default -> drops.count(Drop.DTLS_UNEXPECTED);
        }
    }

    private void receiveAlert(byte[] alert, Out out) {
        if (alert.length != 2) {
            drops.count(Drop.DTLS_MALFORMED);
        } else if (alert[1] == Alert.CLOSE_NOTIFY.code() && state == State.CONNECTED) {
            // To be answered in kind (RFC 5246, 7.2.1).
            sendAlert(Alert.CLOSE_NOTIFY, out);
            state = State.ENDED;
            out.closed();
        } else if (alert[0] == Alert.LEVEL_FATAL || alert[1] == Alert.CLOSE_NOTIFY.code()) {
            end(DtlsFailure.PEER_ALERT, out);
        }
    }

    private void receiveFragments(long now, int epoch, byte[] body, Out out) throws HandshakeException {
        var reader = new ByteReader(body);
        do {
            var fragment = Reassembly.Fragment.next(reader);
            if (fragment.isEmpty()) {
                drops.count(Drop.DTLS_MALFORMED);
                return;
            }
            if (state == State.CONNECTED) {
                receiveLate(now, epoch, fragment.get(), out);
            } else {
                receiveFragment(now, epoch, fragment.get(), out);
            }
        } while (reader.remaining() > 0 && state != State.ENDED);
    }

    private void receiveFragment(long now, int epoch, Reassembly.Fragment fragment, Out out)
            throws HandshakeException {
        switch (reassembly.accept(epoch, fragment)) {
            case TAKEN -> advance(now, out);
            case REPEATED -> receiveRepeated(now, epoch, fragment, out);
            case REFUSED -> drops.count(Drop.DTLS_MALFORMED);
        }
    }

    private void receiveRepeated(long now, int epoch, Reassembly.Fragment fragment, Out out) {
        drops.count(Drop.DTLS_REPLAY);
        retransmission.repeated(fragment.sequence(), epoch, now).forEach(out::send);
    }

    /** A handshake message after the handshake: the peer lost our last flight, or wants a new handshake. */
    private void receiveLate(long now, int epoch, Reassembly.Fragment fragment, Out out) {
        if (fragment.sequence() < reassembly.next()) {
            receiveRepeated(now, epoch, fragment, out);
            return;
        }
        drops.count(Drop.DTLS_UNEXPECTED);
        if (!renegotiationRefused) {
            renegotiationRefused = true;
            sendAlert(Alert.NO_RENEGOTIATION, out);
        }
    }

    private void advance(long now, Out out) throws HandshakeException {
        while (state == State.HANDSHAKING) {
            var message = reassembly.poll();
            if (message.isEmpty() || !take(now, message.get(), out)) {
                return;
            }
            suspectedUntil = Long.MAX_VALUE;
            if (sendReadyFlight(now, out)) {
                retransmission.answers(message.get());
            }
            handshake.result().ifPresent(keys -> connect(keys, out));
            receiveEarly(now, out);
        }
    }

    /** The records that came before their keys: the Finished that overtook what comes before it. */
    private void receiveEarly(long now, Out out) throws HandshakeException {
        for (var record : records.takeEarly()) {
            if (state != State.ENDED) {
                receiveRecord(now, record, out);
            }
        }
    }

    /** Gives a message to the handshake; false if it is to be as if it had not come. */
    private boolean take(long now, HandshakeMessage message, Out out) throws HandshakeException {
        boolean authentic = message.epoch() == 1;
        try {
            // Finished is the one message in epoch 1; in epoch 0 it is forged.
            if (authentic == (message.type() == HandshakeMessage.FINISHED) && handshake.take(message)) {
                return true;
            }
        } catch (HandshakeException unacceptable) {
            if (role == Role.CLIENT || retransmission.hasBegun()) {
                throw unacceptable;
            }
            // A ClientHello, and nothing was done for it yet: somebody else's, or the peer's own, who will not go on
            // then.
            suspect(now, unacceptable.failure());
            sendAlert(unacceptable.alert(), out);
        }
        if (authentic) {
            throw new HandshakeException(Alert.UNEXPECTED_MESSAGE, DtlsFailure.PROTOCOL_ERROR);
        }
        drops.count(Drop.DTLS_UNEXPECTED);
        reassembly.expectAgain(message);
        return false;
    }

    private boolean sendReadyFlight(long now, Out out) {
        var ready = context.takeFlight();
        ready.ifPresent(flight -> retransmission
                .send(flight, handshake.result().isEmpty(), now)
                .forEach(out::send));
        return ready.isPresent();
    }

    private void connect(SrtpKeys keys, Out out) {
        state = State.CONNECTED;
        retransmission.stop();
        context.finish();
        out.connected(keys);
    }

    private void suspect(long now, DtlsFailure why) {
        if (suspectedUntil == Long.MAX_VALUE) {
            suspectedUntil = now + SUSPICION;
            suspicion = why;
        }
    }

    private void sendAlert(Alert alert, Out out) {
        int epoch = retransmission.isFinal() ? 1 : 0;
        out.send(records.write(DtlsRecord.ALERT, epoch, DtlsRecord.DTLS_1_2, alert.encode()));
    }

    private void end(DtlsFailure why, Out out) {
        state = State.ENDED;
        out.failed(why);
    }
}
