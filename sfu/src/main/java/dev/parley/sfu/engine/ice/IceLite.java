package dev.parley.sfu.engine.ice;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.ice.RemoteTuples.Tuple;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunKey;
import dev.parley.sfu.wire.stun.StunMessage;
import dev.parley.sfu.wire.stun.StunType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of ICE (RFC 8445, lite): it sends no checks of its own, answers authenticated ones, and keeps
 * consent (RFC 7675). One per transport; it knows nothing of sockets. Not thread-safe: one thread owns it.
 *
 * <p>A datagram without the right MESSAGE-INTEGRITY is dropped in silence and counted, where RFC 8489, 9.1.3, would
 * answer 400 or 401: an answer would tell a stranger which fragments exist, and would make the server a reflector.
 *
 * <p>The address in use is the one nominated last, so that a peer may change its mind at any time (aggressive
 * nomination, renomination, change of network). Before any nomination it is the first one that worked, so that the DTLS
 * handshake need not wait.
 *
 * <p>Consent is per address: one that sent no authenticated check for 30 s is forgotten, and with it the right to send
 * to it. If it was the one in use, the most recently checked other one takes over; if there is none, the state becomes
 * {@link IceState#DISCONNECTED}, from which a new check recovers, until {@link IceState#CLOSED} at 60 s.
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

        /**
         * The state changed. After {@link IceState#DISCONNECTED} nothing may be sent; after CLOSED, free the transport.
         */
        void stateChanged(IceState state);
    }

    /** What the peer must know to be heard. */
    private record Login(String prefix, StunKey key) {
        Login(String ufrag, String password) {
            this(ufrag + ":", new StunKey(password));
        }
    }

    private final DropCounters drops;
    private final long consent;
    private final long closeAfter;
    private final long connectDeadline;
    private final RemoteTuples tuples;
    private Login login;
    private @Nullable Login previousLogin;
    private @Nullable Tuple selected;
    private IceState state = IceState.NEW;
    private long lastCheck;

    /**
     * Waits for checks from now on.
     *
     * @param localUfrag the fragment that was signalled to the peer
     * @param localPassword the password that was signalled to the peer
     * @param drops where dropped datagrams are counted
     * @param now the time; the connect timeout counts from here
     */
    public IceLite(String localUfrag, String localPassword, IceConfig config, DropCounters drops, long now) {
        this.login = new Login(localUfrag, localPassword);
        this.drops = drops;
        this.consent = config.consentTimeout().toNanos();
        this.closeAfter = config.closeAfter().toNanos();
        this.connectDeadline = now + config.connectTimeout().toNanos();
        this.tuples = new RemoteTuples(config.maxTuples());
        this.lastCheck = now;
    }

    /** Takes a STUN datagram that was demultiplexed to this fragment. Bad integrity: a silent counted drop. */
    public void receive(long now, TransportAddress from, byte[] datagram, Out out) {
        if (state == IceState.CLOSED) {
            drops.count(Drop.NOT_CONNECTED);
            return;
        }
        var parsed = StunMessage.parse(datagram);
        if (parsed.isEmpty()) {
            drops.count(Drop.STUN_MALFORMED);
            return;
        }
        var message = parsed.get();
        if (message.type() != StunType.BINDING_REQUEST) {
            // A lite agent asks nothing, so there is no answer to wait for; an indication asks nothing of us.
            drops.count(Drop.STUN_UNEXPECTED);
            return;
        }
        var used = loginOf(message);
        if (used == null) {
            drops.count(Drop.STUN_UNKNOWN_USER);
        } else if (!message.hasIntegrity(used.key())) {
            drops.count(Drop.STUN_INTEGRITY);
        } else {
            answer(now, from, message, used, out);
        }
    }

    /** Whether this is a request with the right MESSAGE-INTEGRITY; changes and counts nothing. */
    public boolean isAuthentic(byte[] datagram) {
        var message = StunMessage.parse(datagram).filter(parsed -> parsed.type() == StunType.BINDING_REQUEST);
        var used = message.isEmpty() ? null : loginOf(message.get());
        return used != null && message.get().hasIntegrity(used.key());
    }

    /** Whether an authenticated check came from this address, not longer ago than consent lasts. */
    public boolean isValid(TransportAddress from) {
        var current = selected;
        return current != null && current.address().equals(from) || tuples.contains(from);
    }

    /**
     * Where to send: the address nominated last, or before any nomination the first that worked. Empty without consent.
     */
    public Optional<TransportAddress> selected() {
        return Optional.ofNullable(selected).map(Tuple::address);
    }

    /** How far ICE has come. */
    public IceState state() {
        return state;
    }

    /**
     * New credentials. The old ones, and the selected address, stay good until the first check with the new ones; that
     * check's address is then used at once. Addresses of before may still send to us until their consent runs out.
     */
    public void restart(String ufrag, String password) {
        // After two restarts in a row, the credentials that the peer still uses are the oldest ones.
        if (previousLogin == null) {
            previousLogin = login;
        }
        login = new Login(ufrag, password);
    }

    /** Whether the credentials of before the last restart are still good, because no check used the new ones yet. */
    public boolean isRestarting() {
        return previousLogin != null;
    }

    /** When timeout() wants to be called. It may be called earlier or later without harm. */
    public long nextTimeout() {
        return switch (state) {
            case NEW -> connectDeadline;
            case CONNECTED, COMPLETED -> tuples.oldestCheck() + consent;
            case DISCONNECTED -> lastCheck + closeAfter;
            case CLOSED -> Long.MAX_VALUE;
        };
    }

    /** Ends consent and gives up where the time has come. */
    public void timeout(long now, Out out) {
        switch (state) {
            case NEW -> {
                if (now >= connectDeadline) {
                    become(IceState.CLOSED, out);
                }
            }
            case CONNECTED, COMPLETED -> expire(now, out);
            case DISCONNECTED -> closeIfTooLong(now, out);
            case CLOSED -> {}
        }
    }

    /** An address cannot be used any more, as when its TCP connection was closed: as if its consent had run out. */
    public void gone(long now, TransportAddress address, Out out) {
        if (tuples.remove(address) && (state == IceState.CONNECTED || state == IceState.COMPLETED)) {
            fallBack(now, out);
        }
    }

    private @Nullable Login loginOf(StunMessage message) {
        var name = message.username().orElse("");
        if (name.startsWith(login.prefix())) {
            return login;
        }
        var previous = previousLogin;
        return previous != null && name.startsWith(previous.prefix()) ? previous : null;
    }

    private void answer(long now, TransportAddress from, StunMessage request, Login used, Out out) {
        if (!request.unknownRequired().isEmpty()) {
            var error = error(request, 420, "Unknown Attribute").unknownAttributes(request.unknownRequired());
            out.send(from, error.build(used.key()));
        } else if (request.priority().isEmpty()) {
            // A check without PRIORITY is no check (RFC 8445, 7.1.1).
            out.send(from, error(request, 400, "Bad Request").build(used.key()));
        } else if (request.iceControlled().isPresent()) {
            // A lite agent is always the controlled one (RFC 8445, 6.1.1): the peer has to change its role.
            out.send(from, error(request, 487, "Role Conflict").build(used.key()));
        } else {
            var success = new StunBuilder(StunType.BINDING_SUCCESS, request.transactionId()).xorMappedAddress(from);
            out.send(from, success.build(used.key()));
            checked(now, from, request.useCandidate(), used, out);
        }
    }

    private static StunBuilder error(StunMessage request, int code, String reason) {
        return new StunBuilder(StunType.BINDING_ERROR, request.transactionId()).errorCode(code, reason);
    }

    private void checked(long now, TransportAddress from, boolean nominated, Login used, Out out) {
        boolean restarted = used == login && previousLogin != null;
        if (restarted) {
            previousLogin = null;
        }
        lastCheck = now;
        var tuple = tuples.refresh(from, now, selected);
        if (nominated) {
            tuple.nominate();
        }
        if (selected == null || nominated || restarted) {
            select(tuple, nominated ? IceState.COMPLETED : IceState.CONNECTED, out);
        }
    }

    private void select(Tuple tuple, IceState next, Out out) {
        if (tuple != selected) {
            selected = tuple;
            out.selected(tuple.address());
        }
        if (next != state) {
            become(next, out);
        }
    }

    private void expire(long now, Out out) {
        tuples.expire(now, consent);
        fallBack(now, out);
    }

    /** Goes on with another address when the selected one is not good any more. */
    private void fallBack(long now, Out out) {
        var current = selected;
        if (current != null && tuples.holds(current)) {
            return;
        }
        var fallback = tuples.freshest();
        if (fallback != null) {
            select(fallback, fallback.nominated() ? IceState.COMPLETED : IceState.CONNECTED, out);
        } else {
            selected = null;
            become(IceState.DISCONNECTED, out);
            // A caller that was away for long may find both times past.
            closeIfTooLong(now, out);
        }
    }

    private void closeIfTooLong(long now, Out out) {
        if (now - lastCheck >= closeAfter) {
            become(IceState.CLOSED, out);
        }
    }

    private void become(IceState next, Out out) {
        state = next;
        out.stateChanged(next);
    }
}
