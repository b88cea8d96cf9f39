package dev.parley.socketio.jetty;

import dev.parley.socketio.engine.CloseReason.Kind;
import dev.parley.socketio.engine.EngineConfig;
import dev.parley.socketio.engine.EngineConnection;
import dev.parley.socketio.engine.EngineFrame;
import dev.parley.socketio.engine.EngineRequest;
import dev.parley.socketio.engine.EngineServer;
import dev.parley.socketio.engine.EngineTransport;
import dev.parley.socketio.engine.MessageAssembler;
import dev.parley.socketio.engine.Utf8;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket (RFC 6455) as a link of an engine connection. Jetty calls the frame handler's methods one at a time;
 * the next frame is asked for when the one before has been dealt with, so that a client cannot send faster than it is
 * read.
 */
final class WebSocketLink implements FrameHandler, EngineTransport.Link {
    /**
     * Larger messages are sent in fragments of this size, so that a pong or close need not wait behind a whole message.
     */
    private static final int FRAGMENT = 64 * 1024;

    /** How long the client has to answer a close frame: 3 s. */
    private static final long CLOSE_TIMEOUT = 3_000_000_000L;

    private final EngineServer engine;
    private final EngineRequest request;
    private final Optional<EngineConnection> upgraded;
    private final MessageAssembler assembler;
    private final AtomicBoolean ponging = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable CoreSession core;
    private volatile @Nullable EngineConnection connection;
    private volatile int link = -1;
    private boolean text;

    /** A WebSocket that opens a connection, or wants to take {@code upgraded} over. */
    WebSocketLink(EngineServer engine, EngineRequest request, Optional<EngineConnection> upgraded) {
        this.engine = engine;
        this.request = request;
        this.upgraded = upgraded;
        this.assembler = new MessageAssembler(engine.config().maxPayload(), EngineConfig.MAX_FRAGMENTS);
    }

    // ---- from Jetty ----

    @Override
    public void onOpen(CoreSession session, Callback callback) {
        core = session;
        // The heartbeat watches over the connection; a frame's declared length is checked before it is buffered.
        session.setIdleTimeout(Duration.ZERO);
        session.setAutoFragment(false);
        session.setMaxFrameSize(Math.max(engine.config().maxPayload(), FRAGMENT));
        callback.succeeded();
        if (upgraded.isPresent()) {
            connection = upgraded.get();
            upgraded.get().attach(this, number -> {
                link = number;
                session.demand();
            });
            return;
        }
        Optional<EngineConnection> opened = engine.open(request, true);
        if (opened.isEmpty()) {
            close(1013, false);
            return;
        }
        link = 0;
        connection = opened.get();
        opened.get().opened(this);
        session.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        CoreSession session = core;
        EngineConnection target = connection;
        if (session == null || target == null) {
            callback.succeeded();
            return;
        }
        target.frame(link);
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> data(frame, callback, session, target);
            case OpCode.PING -> {
                pong(frame, session);
                callback.succeeded();
                session.demand();
            }
            case OpCode.PONG -> {
                callback.succeeded();
                session.demand();
            }
            default -> {
                // CLOSE, told at once: what is being written meanwhile will fail, which would look like a lost connection.
                closing.set(true);
                target.linkClosed(link, CloseStatus.getCloseStatus(frame).getCode());
                callback.succeeded(); // Jetty answers it, then calls onClosed
            }
        }
    }

    private void data(Frame frame, Callback callback, CoreSession session, EngineConnection target) {
        if (closing.get()) {
            callback.succeeded();
            session.demand();
            return;
        }
        if (frame.getOpCode() != OpCode.CONTINUATION) {
            text = frame.getOpCode() == OpCode.TEXT;
        }
        ByteBuffer payload = frame.hasPayload() ? frame.getPayload() : ByteBuffer.allocate(0);
        MessageAssembler.State state = assembler.add(payload, frame.isFin());
        callback.succeeded();
        switch (state) {
            case PARTIAL -> session.demand();
            case WHOLE -> message(session, target);
            case TOO_BIG -> broken(target, Kind.TOO_BIG, "a message is too big");
            case TOO_MANY -> broken(target, Kind.LIMIT, "a message has too many fragments");
        }
    }

    private void message(CoreSession session, EngineConnection target) {
        byte[] bytes = assembler.take();
        if (!text) {
            target.receiveBinary(link, bytes, session::demand);
            return;
        }
        Optional<String> decoded = Utf8.decode(bytes);
        if (decoded.isPresent()) {
            target.receiveText(link, decoded.get(), session::demand);
        } else {
            broken(target, Kind.PARSE_ERROR, "text that is not UTF-8");
        }
    }

    private void broken(EngineConnection target, Kind kind, String detail) {
        target.linkBroken(link, kind, detail);
        CoreSession session = core;
        if (session != null) {
            // To meet the client's answer to our close frame.
            session.demand();
        }
    }

    /**
     * Answers the latest ping once the answer before has gone out (RFC 6455 section 5.5.3 allows to leave others out).
     */
    private void pong(Frame ping, CoreSession session) {
        if (!ponging.compareAndSet(false, true)) {
            return;
        }
        byte[] payload = new byte[ping.getPayloadLength()];
        if (ping.hasPayload()) {
            ping.getPayload().duplicate().get(payload);
        }
        Frame pong = new Frame(OpCode.PONG, ByteBuffer.wrap(payload));
        session.sendFrame(pong, Callback.from(() -> ponging.set(false), failure -> {}), false);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        EngineConnection target = connection;
        if (target != null && cause instanceof CloseException broken) {
            boolean tooBig = broken.getStatusCode() == CloseStatus.MESSAGE_TOO_LARGE;
            target.linkBroken(
                    link,
                    tooBig ? Kind.TOO_BIG : Kind.TRANSPORT_ERROR,
                    tooBig ? "a frame is too big" : "a frame breaks the WebSocket protocol");
        }
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        closing.set(true);
        EngineConnection target = connection;
        if (target != null) {
            target.linkClosed(link, status.getCode());
        }
        callback.succeeded();
    }

    // ---- from the engine ----

    @Override
    public void write(EngineFrame frame) {
        writeFrom(frame, 0);
    }

    private void writeFrom(EngineFrame frame, int from) {
        CoreSession session = core;
        EngineConnection target = connection;
        if (session == null || target == null) {
            return;
        }
        int length = Math.min(FRAGMENT, frame.size() - from);
        boolean last = from + length == frame.size();
        byte opCode = from > 0 ? OpCode.CONTINUATION : frame.binary() ? OpCode.BINARY : OpCode.TEXT;
        Frame out = new Frame(opCode, last, ByteBuffer.wrap(frame.bytes(), from, length));
        session.sendFrame(
                out,
                Callback.from(
                        () -> {
                            if (last) {
                                target.written(link);
                            } else {
                                writeFrom(frame, from + length);
                            }
                        },
                        failure -> target.linkBroken(link, Kind.TRANSPORT_ERROR, "writing failed")),
                false);
    }

    @Override
    public void close(int code, boolean abort) {
        CoreSession session = core;
        if (session == null) {
            return;
        }
        if (abort) {
            closing.set(true);
            session.abort();
        } else if (closing.compareAndSet(false, true)) {
            engine.timers().schedule(CLOSE_TIMEOUT, session::abort);
            session.close(code, "", Callback.NOOP);
        }
    }
}
