package dev.parley.socketio.engine;

import dev.parley.socketio.engine.CloseReason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO 4 session as a state machine: it is told what came in and what time it is, and says through {@link
 * Out} what to do. It knows no socket, clock or thread, and is not thread-safe.
 *
 * <p>A session runs over polling or over a WebSocket. A WebSocket is named by a <em>link</em> number; while a polling
 * session is upgraded there is a second one, the probe. Input for a link that is neither is ignored.
 *
 * <p>{@code now} is monotonic nanoseconds.
 */
public final class EngineSession {
    /** No timer is set. */
    public static final long NEVER = Long.MAX_VALUE;

    /** No link. */
    public static final int NONE = -1;

    /** Most bytes that are put into one poll's answer, unless a single packet is larger. */
    private static final int POLL_BYTES = 1 << 20;

    private static final String QUEUE_FULL = "the client reads too slowly: its send queue is full";

    /** What the session wants done. */
    public interface Out {
        /** A message for the layer above: {@link EnginePacket.Text} of type MESSAGE, or {@link EnginePacket.Binary}. */
        void message(EnginePacket packet);

        /** Answer the waiting poll. */
        void answerPoll(byte[] payload);

        /** The link has frames to {@link EngineSession#take}. */
        void wake(int link);

        /** Close the WebSocket: with a close frame, or at once if {@code abort}. */
        void closeLink(int link, int code, boolean abort);

        /** The session is over. Called once, and last but for the closing of links. */
        void closed(CloseReason reason);
    }

    private final EngineConfig config;
    private final SendQueue queue;
    private final TokenBucket rate;

    private int links;
    private int link = NONE;
    private int probe = NONE;
    private boolean probed;
    private @Nullable EngineFrame probeFrame;
    private boolean pollWaiting;
    private boolean posting;

    private long pingAt;
    private long pongDeadline = NEVER;
    private long upgradeDeadline = NEVER;
    private long drainDeadline = NEVER;
    private @Nullable CloseReason draining;
    private boolean closed;

    /**
     * A new session; its handshake packet is the first thing in its queue.
     *
     * @param sid       the session id
     * @param webSocket whether it starts on a WebSocket (link 0) rather than on polling
     */
    public EngineSession(String sid, EngineConfig config, boolean webSocket, long now) {
        this.config = config;
        this.queue = new SendQueue(config.queuePackets(), config.queueBytes());
        this.rate = new TokenBucket(config.packetRate(), 2 * config.packetRate(), now);
        this.pingAt = now + config.pingInterval();
        if (webSocket) {
            link = links++;
        }
        queue.add(List.of(handshake(sid, webSocket)));
    }

    private EngineFrame handshake(String sid, boolean webSocket) {
        return EngineFrame.text(
                PacketType.OPEN,
                "{\"sid\":\"" + sid + "\",\"upgrades\":[" + (webSocket ? "" : "\"websocket\"") + "],\"pingInterval\":"
                        + config.pingInterval() / 1_000_000 + ",\"pingTimeout\":" + config.pingTimeout() / 1_000_000
                        + ",\"maxPayload\":" + config.maxPayload() + "}");
    }

    /** Whether the session runs over polling now. */
    public boolean polling() {
        return link == NONE;
    }

    /** Whether the session is over, or only sends what is left. */
    public boolean ending() {
        return closed || draining != null;
    }

    // ---- polling ----

    /**
     * A GET arrived. Returns false if it is to be refused: the session is elsewhere, over, or another GET waits
     * (fatal).
     */
    public boolean poll(long now, Out out) {
        if (closed || link != NONE) {
            return false;
        }
        if (pollWaiting) {
            close(now, new CloseReason(Kind.TRANSPORT_ERROR, "two polls at once"), out);
            return false;
        }
        pollWaiting = true;
        if (!queue.isEmpty()) {
            // Even when draining: socket.io-client would see a close packet in the same payload before it sees the
            // rest.
            answerPoll(out);
        } else if (draining != null) {
            finish(draining, EngineFrame.CLOSE, out);
        } else if (probed) {
            answer(List.of(EngineFrame.NOOP), out);
        }
        return true;
    }

    /** The waiting GET, or the writing of its answer, failed: packets may be lost, so the session is. */
    public void pollFailed(long now, Out out) {
        pollWaiting = false;
        close(now, new CloseReason(Kind.TRANSPORT_ERROR, "a poll was cut off"), out);
    }

    /** A POST arrived, its body is yet to come. Returns false if it is to be refused; two at once are fatal. */
    public boolean beginPost(long now, Out out) {
        if (closed || link != NONE) {
            return false;
        }
        if (posting) {
            close(now, new CloseReason(Kind.TRANSPORT_ERROR, "two posts at once"), out);
            return false;
        }
        posting = true;
        return true;
    }

    /** The body of the POST is complete. Returns false if it was malformed. */
    public boolean post(long now, byte[] body, Out out) {
        posting = false;
        Optional<List<EnginePacket>> packets = Payload.decode(body);
        if (packets.isEmpty()) {
            close(now, new CloseReason(Kind.PARSE_ERROR, "malformed payload"), out);
            return false;
        }
        for (EnginePacket packet : packets.get()) {
            if (closed) {
                break;
            }
            if (!rate.take(now)) {
                close(now, new CloseReason(Kind.LIMIT, "too many packets a second"), out);
                return false;
            }
            receive(now, packet, out);
        }
        return true;
    }

    /** The body of the POST did not come, or was too long. */
    public void postFailed(long now, boolean tooBig, Out out) {
        posting = false;
        close(now, tooBig ? tooBig() : new CloseReason(Kind.TRANSPORT_ERROR, "a post was cut off"), out);
    }

    // ---- WebSocket ----

    /** A WebSocket wants to take this session over. Returns its link, or {@link #NONE} if it is to be refused. */
    public int attach(long now) {
        if (ending() || link != NONE || probe != NONE) {
            return NONE;
        }
        probe = links++;
        probed = false;
        upgradeDeadline = now + config.upgradeTimeout();
        return probe;
    }

    /** A text message came over a WebSocket. */
    public void receiveText(long now, int from, String text, Out out) {
        Optional<EnginePacket> packet = EnginePacket.parse(text);
        if (isProbe(from)) {
            receiveFromProbe(packet, out);
        } else if (isCurrent(from) && !ending()) {
            if (packet.isEmpty()) {
                close(now, new CloseReason(Kind.PARSE_ERROR, "unknown engine packet"), out);
            } else {
                receive(now, packet.get(), out);
            }
        }
    }

    /** A binary message came over a WebSocket. */
    public void receiveBinary(long now, int from, byte[] data, Out out) {
        if (isProbe(from)) {
            dropProbe(Kind.TRANSPORT_ERROR, out);
        } else if (isCurrent(from) && !ending()) {
            receive(now, new EnginePacket.Binary(data), out);
        }
    }

    /** A frame of any kind came over a WebSocket: counts it. Call before looking at it. */
    public void frame(long now, int from, Out out) {
        if (!rate.take(now)) {
            linkBroken(now, from, new CloseReason(Kind.LIMIT, "too many frames a second"), out);
        }
    }

    /** What came over the WebSocket breaks its rules (RFC 6455) or limits. */
    public void linkBroken(long now, int from, CloseReason reason, Out out) {
        if (isProbe(from)) {
            dropProbe(reason.kind(), out);
        } else if (isCurrent(from)) {
            close(now, reason, out);
        }
    }

    /** The WebSocket is closed. */
    public void linkClosed(long now, int from, int code, Out out) {
        if (isProbe(from)) {
            probe = NONE;
            probed = false;
            upgradeDeadline = NEVER;
        } else if (isCurrent(from) && !closed) {
            CloseReason reason = draining != null
                    ? draining
                    : new CloseReason(Kind.TRANSPORT_CLOSE, OptionalInt.of(code), "the WebSocket closed");
            finish(reason, EngineFrame.CLOSE, out);
        }
    }

    /** The next frame for this WebSocket, which has written the one before. */
    public Optional<EngineFrame> take(int to, Out out) {
        if (isProbe(to)) {
            EngineFrame frame = probeFrame;
            probeFrame = null;
            return Optional.ofNullable(frame);
        }
        if (!isCurrent(to) || closed) {
            return Optional.empty();
        }
        Optional<EngineFrame> frame = queue.take();
        if (frame.isEmpty() && draining != null) {
            finish(draining, EngineFrame.CLOSE, out);
        }
        return frame;
    }

    private boolean isCurrent(int number) {
        return number != NONE && number == link;
    }

    private boolean isProbe(int number) {
        return number != NONE && number == probe;
    }

    private void receiveFromProbe(Optional<EnginePacket> packet, Out out) {
        if (!(packet.orElse(null) instanceof EnginePacket.Text(PacketType type, String data))) {
            dropProbe(Kind.PARSE_ERROR, out);
        } else if (type == PacketType.PING && data.equals("probe") && !probed) {
            probed = true;
            probeFrame = EngineFrame.PROBE_ANSWER;
            out.wake(probe);
            // The client ends its polling before it upgrades: let the waiting poll go.
            if (pollWaiting) {
                answer(List.of(EngineFrame.NOOP), out);
            }
        } else if (type == PacketType.UPGRADE && probed) {
            link = probe;
            probe = NONE;
            probed = false;
            upgradeDeadline = NEVER;
            if (pollWaiting) {
                answer(List.of(EngineFrame.NOOP), out);
            }
            out.wake(link);
        } else {
            dropProbe(Kind.TRANSPORT_ERROR, out);
        }
    }

    private void dropProbe(Kind kind, Out out) {
        int dropped = probe;
        probe = NONE;
        probed = false;
        probeFrame = null;
        upgradeDeadline = NEVER;
        out.closeLink(dropped, kind.webSocketCode(), false);
    }

    // ---- both ----

    private void receive(long now, EnginePacket packet, Out out) {
        if (draining != null && !(packet instanceof EnginePacket.Text text && text.type() == PacketType.CLOSE)) {
            return;
        }
        switch (packet) {
            case EnginePacket.Binary binary -> out.message(binary);
            case EnginePacket.Text text -> {
                switch (text.type()) {
                    case MESSAGE -> out.message(text);
                    case PONG -> {
                        if (pongDeadline != NEVER) {
                            pongDeadline = NEVER;
                            pingAt = now + config.pingInterval();
                        }
                    }
                    case CLOSE ->
                        closeNow(
                                draining != null
                                        ? draining
                                        : new CloseReason(Kind.TRANSPORT_CLOSE, "the client closed"),
                                EngineFrame.NOOP,
                                out);
                    case PING ->
                        close(now, new CloseReason(Kind.TRANSPORT_ERROR, "a ping from the client"), out);
                    case OPEN, UPGRADE, NOOP ->
                        close(now, new CloseReason(Kind.PARSE_ERROR, "an engine packet out of place"), out);
                }
            }
        }
    }

    /**
     * Queues frames for the client, all or none; a full queue ends the session. Without effect on one that is ending.
     */
    public void send(long now, List<EngineFrame> frames, Out out) {
        if (ending()) {
            return;
        }
        if (!queue.add(frames)) {
            close(now, new CloseReason(Kind.TRANSPORT_ERROR, QUEUE_FULL), out);
            return;
        }
        if (link != NONE) {
            out.wake(link);
        } else if (pollWaiting) {
            answerPoll(out);
        }
    }

    /** Ends the session after what is queued has been sent, or after {@link EngineConfig#DRAIN_TIMEOUT}. */
    public void drain(long now, CloseReason reason, Out out) {
        if (ending()) {
            return;
        }
        if (link == NONE && pollWaiting) {
            finish(reason, EngineFrame.CLOSE, out);
            return;
        }
        draining = reason;
        drainDeadline = now + EngineConfig.DRAIN_TIMEOUT;
        pingAt = NEVER;
        pongDeadline = NEVER;
        if (link != NONE) {
            out.wake(link);
        }
    }

    /** Ends the session now. */
    public void close(long now, CloseReason reason, Out out) {
        closeNow(reason, EngineFrame.CLOSE, out);
    }

    private void closeNow(CloseReason reason, EngineFrame last, Out out) {
        if (!closed) {
            queue.clear();
            finish(reason, last, out);
        }
    }

    private void finish(CloseReason reason, EngineFrame last, Out out) {
        closed = true;
        pingAt = NEVER;
        pongDeadline = NEVER;
        upgradeDeadline = NEVER;
        drainDeadline = NEVER;
        if (pollWaiting) {
            List<EngineFrame> frames = new ArrayList<>(queue.takeUpTo(Long.MAX_VALUE));
            frames.add(last);
            answer(frames, out);
        }
        queue.clear();
        out.closed(reason);
        int code = reason.kind().webSocketCode();
        // A client that neither reads nor answers would not take a close frame either.
        boolean abort = reason.kind() == Kind.PING_TIMEOUT || reason.detail().equals(QUEUE_FULL);
        if (probe != NONE) {
            out.closeLink(probe, code, abort);
        }
        if (link != NONE) {
            out.closeLink(link, code, abort);
        }
    }

    private void answerPoll(Out out) {
        answer(queue.takeUpTo(POLL_BYTES), out);
    }

    private void answer(List<EngineFrame> frames, Out out) {
        pollWaiting = false;
        out.answerPoll(Payload.encode(frames));
    }

    private CloseReason tooBig() {
        return new CloseReason(Kind.TOO_BIG, "more than " + config.maxPayload() + " bytes at once");
    }

    // ---- time ----

    /** When {@link #timeout} is to be called next, or {@link #NEVER}. */
    public long nextTimeout() {
        return Math.min(Math.min(pingAt, pongDeadline), Math.min(upgradeDeadline, drainDeadline));
    }

    /** Does what is due. May be called at any time. */
    public void timeout(long now, Out out) {
        if (closed) {
            return;
        }
        if (now - pongDeadline >= 0 && pongDeadline != NEVER) {
            close(now, new CloseReason(Kind.PING_TIMEOUT, "no pong in time"), out);
        } else if (now - drainDeadline >= 0 && drainDeadline != NEVER && draining != null) {
            closeNow(draining, EngineFrame.CLOSE, out);
        } else {
            if (upgradeDeadline != NEVER && now - upgradeDeadline >= 0) {
                dropProbe(Kind.TRANSPORT_ERROR, out);
            }
            if (pingAt != NEVER && now - pingAt >= 0) {
                pingAt = NEVER;
                pongDeadline = now + config.pingTimeout();
                send(now, List.of(EngineFrame.PING), out);
            }
        }
    }
}
