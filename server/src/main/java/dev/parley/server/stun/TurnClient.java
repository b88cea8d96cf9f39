package dev.parley.server.stun;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A client of a TURN server with one relay, which is enough to see whether the server relays (RFC 8656). Every wait is
 * bounded by the timeout. Used by one thread.
 */
public final class TurnClient implements AutoCloseable {
    private static final int UDP = 17;
    private static final int STALE_NONCE = 438;
    private static final int UNAUTHORIZED = 401;

    private final StunWire wire;
    private final StunExchange exchange;
    private final Duration timeout;
    private final String username;
    private final String password;
    private final ArrayDeque<StunFrame> data = new ArrayDeque<>();
    private byte[] realm = new byte[0];
    private byte[] nonce = new byte[0];
    private Optional<byte[]> key = Optional.empty();
    private boolean allocated;

    private TurnClient(StunWire wire, String username, String password, Duration timeout) {
        this.wire = wire;
        this.exchange = new StunExchange(wire, timeout);
        this.timeout = timeout;
        this.username = username;
        this.password = password;
    }

    /** Over UDP. */
    public static TurnClient udp(InetSocketAddress server, String username, String password, Duration timeout)
            throws IOException {
        return new TurnClient(StunWire.udp(server), username, password, timeout);
    }

    /** Over TCP. */
    public static TurnClient tcp(InetSocketAddress server, String username, String password, Duration timeout)
            throws IOException {
        return new TurnClient(StunWire.tcp(server, timeout), username, password, timeout);
    }

    /** Over TLS: the context decides whom to trust, and the certificate must be of that name. */
    public static TurnClient tls(
            InetSocketAddress server, String name, SSLContext context, String username, String password, Duration timeout)
            throws IOException {
        return new TurnClient(StunWire.tls(server, name, context, timeout), username, password, timeout);
    }

    /** Gets a relay for IPv4; where it sends from. @throws TurnException when the server refuses */
    public InetSocketAddress allocate() throws IOException {
        return allocate(4);
    }

    /** Gets a relay. @param ipVersion 4 or 6 */
    public InetSocketAddress allocate(int ipVersion) throws IOException {
        var attributes = new ArrayList<StunFrame.Attribute>();
        attributes.add(new StunFrame.Attribute(StunFrame.REQUESTED_TRANSPORT, new byte[] {UDP, 0, 0, 0}));
        if (ipVersion == 6) {
            attributes.add(new StunFrame.Attribute(StunFrame.REQUESTED_ADDRESS_FAMILY, new byte[] {2, 0, 0, 0}));
        }
        var answer = authorized("The allocation", StunFrame.ALLOCATE, StunExchange.newTransaction(), attributes);
        allocated = true;
        return answer.xorAddress(StunFrame.XOR_RELAYED_ADDRESS)
                .orElseThrow(() -> new IOException("the TURN server's answer has no relayed address"));
    }

    /** Lets a peer's packets through. @throws TurnException when the server does not relay to it */
    public void permit(InetSocketAddress peer) throws IOException {
        var transaction = StunExchange.newTransaction();
        authorized(
                "Relaying to " + peer.getAddress().getHostAddress(),
                StunFrame.CREATE_PERMISSION,
                transaction,
                List.of(StunFrame.xorAddress(StunFrame.XOR_PEER_ADDRESS, peer, transaction)));
    }

    /** Sends to a peer through the relay; nobody says whether it arrives. */
    public void send(InetSocketAddress peer, byte[] payload) throws IOException {
        var transaction = StunExchange.newTransaction();
        wire.send(new StunFrame(
                        StunFrame.SEND_INDICATION,
                        transaction,
                        List.of(
                                StunFrame.xorAddress(StunFrame.XOR_PEER_ADDRESS, peer, transaction),
                                new StunFrame.Attribute(StunFrame.DATA, payload)))
                .encode(Optional.empty()));
    }

    /** Waits for what comes through the relay, at most so long; empty when nothing did. */
    public Optional<byte[]> receive(Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (data.isEmpty()) {
            var message = wire.receive(deadline);
            if (message.isEmpty()) {
                return Optional.empty();
            }
            message.flatMap(StunFrame::parse).ifPresent(this::keepData);
        }
        return data.remove().value(StunFrame.DATA);
    }

    /**
     * Asks a STUN server through the relay, several times if need be.
     *
     * @throws SocketTimeoutException when it does not answer in time
     */
    public void ask(InetSocketAddress peer) throws IOException {
        var request = StunQuery.request();
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            send(peer, request);
            var answer = receive(Duration.ofMillis(250));
            if (answer.filter(bytes -> StunQuery.isAnswer(request, bytes)).isPresent()) {
                return;
            }
        }
        throw new SocketTimeoutException("no answer through the relay within " + timeout.toMillis() + " ms");
    }

    private StunFrame authorized(String what, int type, byte[] transaction, List<StunFrame.Attribute> attributes)
            throws IOException {
        var first = request(type, transaction, attributes);
        if (!isChallenge(first)) {
            return accepted(what, first);
        }
        realm = first.value(StunFrame.REALM).orElse(realm);
        nonce = first.value(StunFrame.NONCE).orElse(nonce);
        key = Optional.of(key(username, new String(realm, StandardCharsets.UTF_8), password));
        // The same transaction: an address in the attributes is XORed with it, and coturn takes it for a new request.
        return accepted(what, request(type, transaction, attributes));
    }

    /** Whether the server wants to be asked again, with (other) credentials. */
    private boolean isChallenge(StunFrame answer) {
        int code = answer.isError() ? answer.errorCode() : 0;
        return code == STALE_NONCE || (code == UNAUTHORIZED && key.isEmpty());
    }

    private StunFrame request(int type, byte[] transaction, List<StunFrame.Attribute> attributes) throws IOException {
        var all = new ArrayList<>(attributes);
        if (key.isPresent()) {
            all.add(new StunFrame.Attribute(StunFrame.USERNAME, username.getBytes(StandardCharsets.UTF_8)));
            all.add(new StunFrame.Attribute(StunFrame.REALM, realm));
            all.add(new StunFrame.Attribute(StunFrame.NONCE, nonce));
        }
        return exchange.request(new StunFrame(type, transaction, all), key, this::keepData);
    }

    private static StunFrame accepted(String what, StunFrame answer) throws TurnException {
        if (answer.isError()) {
            throw new TurnException(what, answer.errorCode(), answer.errorReason());
        }
        return answer;
    }

    private void keepData(StunFrame frame) {
        if (frame.type() == StunFrame.DATA_INDICATION) {
            data.add(frame);
        }
    }

    /** The key of long-term credentials (RFC 8489, 9.2.2). */
    private static byte[] key(String username, String realm, String password) {
        try {
            var text = username + ":" + realm + ":" + password;
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has MD5", e);
        }
    }

    /** Gives the relay back. */
    @Override
    public void close() throws IOException {
        try (wire) {
            if (allocated) {
                var now = ByteBuffer.allocate(4).putInt(0).array();
                authorized("Giving the relay back", StunFrame.REFRESH, StunExchange.newTransaction(),
                        List.of(new StunFrame.Attribute(StunFrame.LIFETIME, now)));
            }
        }
    }
}
