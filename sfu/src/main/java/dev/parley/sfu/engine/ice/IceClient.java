package dev.parley.sfu.engine.ice;

import dev.parley.sfu.engine.ice.CandidatePair.State;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunKey;
import dev.parley.sfu.wire.stun.StunMessage;
import dev.parley.sfu.wire.stun.StunType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A controlling ICE agent with one local address (RFC 8445), for tests and load: it checks the remote candidates,
 * nominates the best that answers (regular nomination), and keeps consent (RFC 7675). Not thread-safe: one thread owns
 * it. Times are monotonic nanoseconds.
 */
public final class IceClient {
    /** What happens; called from within start(), receive(), timeout() and restart(). */
    public interface Out {
        /** Send this datagram. */
        void send(TransportAddress to, byte[] datagram);

        /** A pair was nominated and the peer agreed: send everything here. */
        void selected(TransportAddress remote);

        /** No candidate answered in time, or consent was lost. Final until restart(). */
        void failed();
    }

    private static final long PACE = 50_000_000L;
    private static final long WAIT_FOR_BETTER = 200_000_000L;
    private static final long CONSENT_INTERVAL = 5_000_000_000L;
    private static final int MOST_CANDIDATES = 16;
    private static final int RECENT_CONSENT_CHECKS = 8;
    /** What a peer-reflexive candidate of ours would have: type preference 110 (RFC 8445, 5.1.2.2). */
    private static final long PEER_REFLEXIVE_PRIORITY = (110L << 24) + (65535L << 8) + 255;

    private final RandomGenerator random;
    private final long connectTimeout;
    private final long consentTimeout;
    private final long tieBreaker;
    private final List<CandidatePair> pairs = new ArrayList<>();
    private final List<byte[]> consentChecks = new ArrayList<>();
    private String username;
    private String expectedUserPrefix;
    private StunKey localKey;
    private StunKey remoteKey;
    private boolean running;
    private @Nullable CandidatePair nominee;
    private @Nullable TransportAddress selected;
    private long deadline;
    private long nextPace;
    private long nominateAt = Long.MAX_VALUE;
    private long nextConsent;

    /** An agent with its own and the peer's credentials. */
    public IceClient(IceCredentials local, IceCredentials remote, RandomGenerator random, IceConfig config) {
        this.random = random;
        this.connectTimeout = config.connectTimeout().toNanos();
        this.consentTimeout = config.consentTimeout().toNanos();
        this.tieBreaker = random.nextLong();
        this.username = remote.usernameFragment() + ":" + local.usernameFragment();
        this.expectedUserPrefix = local.usernameFragment() + ":";
        this.localKey = new StunKey(local.password());
        this.remoteKey = new StunKey(remote.password());
    }

    /** Adds a candidate of the peer; before or after start(). A known address, or a 17th, is ignored. */
    public void addRemoteCandidate(TransportAddress address, long priority) {
        if (pairs.size() < MOST_CANDIDATES && pairs.stream().noneMatch(pair -> pair.remote().equals(address))) {
            pairs.add(new CandidatePair(address, priority));
            pairs.sort(Comparator.comparingLong(CandidatePair::priority).reversed());
        }
    }

    /** Begins to check. */
    public void start(long now, Out out) {
        running = true;
        deadline = now + connectTimeout;
        nextPace = now;
        timeout(now, out);
    }

    /** Takes a STUN datagram. */
    public void receive(long now, TransportAddress from, byte[] datagram, Out out) {
        var parsed = StunMessage.parse(datagram);
        if (parsed.isEmpty() || !running) {
            return;
        }
        var message = parsed.get();
        switch (message.type()) {
            case BINDING_REQUEST -> answer(from, message, out);
            case BINDING_SUCCESS, BINDING_ERROR -> {
                if (message.hasIntegrity(remoteKey)) {
                    answered(now, from, message, out);
                }
            }
            case BINDING_INDICATION -> {}
        }
    }

    /** The nominated address of the peer. */
    public Optional<TransportAddress> selected() {
        return Optional.ofNullable(selected);
    }

    /** Checks all candidates anew with new credentials. The selected address stays in use until another is. */
    public void restart(long now, IceCredentials local, IceCredentials remote, Out out) {
        username = remote.usernameFragment() + ":" + local.usernameFragment();
        expectedUserPrefix = local.usernameFragment() + ":";
        localKey = new StunKey(local.password());
        remoteKey = new StunKey(remote.password());
        pairs.forEach(CandidatePair::reset);
        consentChecks.clear();
        nominee = null;
        nominateAt = Long.MAX_VALUE;
        start(now, out);
    }

    /** When timeout() wants to be called; {@link Long#MAX_VALUE} means never. */
    public long nextTimeout() {
        if (!running) {
            return Long.MAX_VALUE;
        }
        if (isSettled()) {
            return Math.min(nextConsent, deadline);
        }
        long next = Math.min(deadline, nominateAt);
        for (var pair : pairs) {
            if (pair.state() == State.WAITING) {
                next = Math.min(next, nextPace);
            } else if (pair.isRunning()) {
                next = Math.min(next, Math.max(nextPace, pair.nextSend()));
            }
        }
        return next;
    }

    /** Sends the checks that are due. */
    public void timeout(long now, Out out) {
        if (!running) {
            return;
        }
        if (now >= deadline) {
            running = false;
            selected = null;
            out.failed();
        } else if (isSettled()) {
            if (now >= nextConsent) {
                checkConsent(now, out);
            }
        } else {
            if (now >= nominateAt) {
                nominateBest(now);
            }
            if (now >= nextPace) {
                sendOne(now, out);
            }
        }
    }

    private boolean isSettled() {
        var chosen = nominee;
        return chosen != null && !chosen.isRunning() && chosen.state() == State.SUCCEEDED;
    }

    private void sendOne(long now, Out out) {
        var due = nextDue(now);
        if (due == null) {
            return;
        }
        if (!due.isRunning()) {
            due.begin(transactionId(), false, now);
        }
        var id = due.sendAgain(now);
        if (id == null) {
            gaveUp(due, now);
            return;
        }
        nextPace = now + PACE;
        out.send(due.remote(), request(id, due.nominating()));
    }

    /** A nomination first, then what has to be sent again, then the best pair not checked yet. */
    private @Nullable CandidatePair nextDue(long now) {
        var chosen = nominee;
        if (chosen != null && chosen.isRunning() && now >= chosen.nextSend()) {
            return chosen;
        }
        for (var pair : pairs) {
            if (pair.isRunning() && now >= pair.nextSend()) {
                return pair;
            }
        }
        for (var pair : pairs) {
            if (pair.state() == State.WAITING) {
                return pair;
            }
        }
        return null;
    }

    private void gaveUp(CandidatePair pair, long now) {
        if (pair == nominee) {
            nominee = null;
            nominateAt = now;
        }
    }

    private void answered(long now, TransportAddress from, StunMessage response, Out out) {
        var id = response.transactionId();
        if (consentChecks.removeIf(check -> Arrays.equals(check, id))) {
            if (response.type() == StunType.BINDING_SUCCESS && from.equals(selected)) {
                deadline = now + consentTimeout;
            }
            return;
        }
        for (var pair : pairs) {
            // The answer must come from where the question went (RFC 8445, 7.2.5.2.1).
            if (pair.isAnsweredBy(id) && pair.remote().equals(from)) {
                answered(now, pair, response.type() == StunType.BINDING_SUCCESS, out);
                return;
            }
        }
    }

    private void answered(long now, CandidatePair pair, boolean success, Out out) {
        boolean wasNominating = pair.nominating();
        if (!success) {
            pair.fail();
            gaveUp(pair, now);
            return;
        }
        pair.succeed();
        if (wasNominating && pair == nominee) {
            selected = pair.remote();
            deadline = now + consentTimeout;
            scheduleConsent(now);
            out.selected(pair.remote());
        } else if (nominee == null) {
            // A better pair may be about to answer: wait a little, unless there is none.
            boolean best = pairs.stream()
                    .takeWhile(other -> other != pair)
                    .noneMatch(other -> other.state() == State.WAITING || other.state() == State.IN_PROGRESS);
            nominateAt = Math.min(nominateAt, best ? now : now + WAIT_FOR_BETTER);
            timeout(now, out);
        }
    }

    private void nominateBest(long now) {
        nominateAt = Long.MAX_VALUE;
        if (nominee != null) {
            return;
        }
        for (var pair : pairs) {
            if (pair.state() == State.SUCCEEDED) {
                nominee = pair;
                pair.begin(transactionId(), true, now);
                return;
            }
        }
    }

    private void checkConsent(long now, Out out) {
        var to = selected;
        if (to == null) {
            return;
        }
        var id = transactionId();
        consentChecks.add(id);
        if (consentChecks.size() > RECENT_CONSENT_CHECKS) {
            consentChecks.removeFirst();
        }
        scheduleConsent(now);
        // Nominating each time, as libwebrtc does towards a lite peer, tells the peer of a new local address too.
        out.send(to, request(id, true));
    }

    /** Every 5 s, spread by 20 % either way (RFC 7675, 5.1). */
    private void scheduleConsent(long now) {
        nextConsent = now + (long) (CONSENT_INTERVAL * (0.8 + 0.4 * random.nextDouble()));
    }

    private void answer(TransportAddress from, StunMessage request, Out out) {
        if (request.username().orElse("").startsWith(expectedUserPrefix) && request.hasIntegrity(localKey)) {
            out.send(from, new StunBuilder(StunType.BINDING_SUCCESS, request.transactionId())
                    .xorMappedAddress(from)
                    .build(localKey));
            addRemoteCandidate(from, request.priority().orElse(PEER_REFLEXIVE_PRIORITY));
        }
    }

    private byte[] request(byte[] id, boolean nominate) {
        var request = new StunBuilder(StunType.BINDING_REQUEST, id)
                .username(username)
                .priority(PEER_REFLEXIVE_PRIORITY)
                .iceControlling(tieBreaker);
        return (nominate ? request.useCandidate() : request).build(remoteKey);
    }

    private byte[] transactionId() {
        var id = new byte[12];
        random.nextBytes(id);
        return id;
    }
}
