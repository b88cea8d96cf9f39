package dev.parley.socketio.engine;

import dev.parley.socketio.engine.CloseReason.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session with a clock, timers and transports. Every method may be called from any thread and returns at once: it
 * leaves a task in the connection's {@link Mailbox}, in which the session, the transports' outputs and the listener
 * run one at a time.
 */
public final class EngineConnection {
    private static final Logger LOG = LoggerFactory.getLogger(EngineConnection.class);

    /** The layer above. Called in the mailbox: must not block. */
    public interface Listener {
        /** A message from the client. */
        void message(EnginePacket packet);

        /** The end; nothing comes after it. */
        void closed(CloseReason reason);
    }

    private static final class LinkState {
        final EngineTransport.Link link;
        boolean writing;

        LinkState(EngineTransport.Link link) {
            this.link = link;
        }
    }

    private final String sid;
    private final EngineRequest request;
    private final EngineServer server;
    private final EngineSession session;
    private final Mailbox mailbox;
    private final Listener listener;
    private final EngineSession.Out out = new Outputs();

    private final Map<Integer, LinkState> links = new HashMap<>();
    private EngineTransport.@Nullable Poll poll;
    private EngineTransport.@Nullable Post post;
    private @Nullable Future<?> timer;
    private long timerAt = EngineSession.NEVER;
    private volatile boolean polling;

    EngineConnection(
            String sid,
            EngineRequest request,
            EngineServer server,
            boolean webSocket,
            Function<EngineConnection, Listener> listeners) {
        this.sid = sid;
        this.request = request;
        this.server = server;
        this.polling = !webSocket;
        this.session = new EngineSession(sid, server.config(), webSocket, server.now());
        this.mailbox = new Mailbox(this::failed);
        this.listener = listeners.apply(this);
    }

    /** The Engine.IO session id: whoever has it can speak for the client. */
    public String sid() {
        return sid;
    }

    /** The request that opened it. */
    public EngineRequest request() {
        return request;
    }

    /** {@code "polling"} or {@code "websocket"}: what it runs over now. */
    public String transport() {
        return polling ? "polling" : "websocket";
    }

    /** Runs a task in the mailbox. */
    public void execute(Runnable task) {
        mailbox.execute(task);
    }

    /** Arms the first timer. */
    void start() {
        run(now -> {});
    }

    // ---- for the layer above ----

    /** Sends frames, all or none. */
    public void send(List<EngineFrame> frames) {
        run(now -> session.send(now, frames, out));
    }

    /** Ends the connection at once. */
    public void close(Kind kind, String detail) {
        run(now -> session.close(now, new CloseReason(kind, detail), out));
    }

    /** Ends the connection when what was sent has gone out. */
    public void drain(Kind kind, String detail) {
        run(now -> session.drain(now, new CloseReason(kind, detail), out));
    }

    // ---- for the binding ----

    /** A GET. */
    public void poll(EngineTransport.Poll request) {
        run(now -> {
            if (poll != null) {
                session.poll(now, out);
                request.refuse();
                return;
            }
            poll = request;
            if (!session.poll(now, out)) {
                poll = null;
                request.refuse();
            }
        });
    }

    /** A GET failed, while it waited or while its answer was written. */
    public void pollFailed() {
        run(now -> {
            poll = null;
            session.pollFailed(now, out);
        });
    }

    /** A POST whose body is to be read. {@code begin} is called if it is welcome; otherwise it is refused. */
    public void beginPost(EngineTransport.Post request, Runnable begin) {
        run(now -> {
            if (session.beginPost(now, out)) {
                post = request;
                begin.run();
            } else {
                request.refuse();
            }
        });
    }

    /** The POST's body. */
    public void post(byte[] body) {
        run(now -> {
            EngineTransport.Post answered = post;
            post = null;
            boolean good = session.post(now, body, out);
            if (answered != null) {
                if (good) {
                    answered.accept();
                } else {
                    answered.refuse();
                }
            }
        });
    }

    /** The POST's body did not come, or was too big; the binding has answered or will. */
    public void postFailed(boolean tooBig) {
        run(now -> {
            post = null;
            session.postFailed(now, tooBig, out);
        });
    }

    /** The WebSocket with which this connection was opened; its link is 0. */
    public void opened(EngineTransport.Link link) {
        run(now -> {
            links.put(0, new LinkState(link));
            pump(0);
        });
    }

    /** A WebSocket that wants to take over. {@code attached} gets its link, unless it is refused and closed. */
    public void attach(EngineTransport.Link link, Consumer<Integer> attached) {
        run(now -> {
            int number = session.attach(now);
            if (number == EngineSession.NONE) {
                link.close(1008, false);
            } else {
                links.put(number, new LinkState(link));
                attached.accept(number);
            }
        });
    }

    /** A text message; {@code done} runs when it has been dealt with, whatever came of it. */
    public void receiveText(int link, String text, Runnable done) {
        run(now -> session.receiveText(now, link, text, out), done);
    }

    /** A binary message; {@code done} runs when it has been dealt with, whatever came of it. */
    public void receiveBinary(int link, byte[] data, Runnable done) {
        run(now -> session.receiveBinary(now, link, data, out), done);
    }

    /** Any frame of a WebSocket, before it is looked at. */
    public void frame(int link) {
        run(now -> session.frame(now, link, out));
    }

    /** A WebSocket broke its rules or limits. */
    public void linkBroken(int link, Kind kind, String detail) {
        run(now -> session.linkBroken(now, link, new CloseReason(kind, detail), out));
    }

    /** A WebSocket is closed: the code of the client's close frame, 1005 without code, 1006 without frame. */
    public void linkClosed(int link, int code) {
        run(now -> {
            links.remove(link);
            session.linkClosed(now, link, code, out);
        });
    }

    /** A WebSocket has written what it was given. */
    public void written(int link) {
        run(now -> {
            LinkState state = links.get(link);
            if (state != null) {
                state.writing = false;
                pump(link);
            }
        });
    }

    // ---- inside ----

    private interface Step {
        void at(long now);
    }

    private void run(Step step) {
        mailbox.execute(() -> step(step));
    }

    private void run(Step step, Runnable done) {
        mailbox.execute(() -> {
            try {
                step(step);
            } finally {
                done.run();
            }
        });
    }

    private void step(Step step) {
        step.at(server.now());
        polling = session.polling();
        arm();
    }

    private void pump(int link) {
        LinkState state = links.get(link);
        if (state == null || state.writing) {
            return;
        }
        Optional<EngineFrame> frame = session.take(link, out);
        if (frame.isPresent()) {
            state.writing = true;
            state.link.write(frame.get());
        }
    }

    /** Sets the timer, unless one is set that comes no later: most deadlines only move back. */
    private void arm() {
        long next = session.nextTimeout();
        if (next == EngineSession.NEVER || (timer != null && timerAt - next <= 0)) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerAt = next;
        timer = server.timers().schedule(next - server.now(), () -> run(now -> {
            timer = null;
            session.timeout(now, out);
        }));
    }

    private void failed(Throwable t) {
        LOG.error("A connection failed and is closed", t);
        mailbox.execute(() -> session.close(server.now(), new CloseReason(Kind.FORCED_CLOSE, "internal error"), out));
    }

    private final class Outputs implements EngineSession.Out {
        @Override
        public void message(EnginePacket packet) {
            listener.message(packet);
        }

        @Override
        public void answerPoll(byte[] payload) {
            EngineTransport.Poll answered = poll;
            poll = null;
            if (answered != null) {
                answered.answer(payload);
            }
        }

        @Override
        public void wake(int link) {
            pump(link);
        }

        @Override
        public void closeLink(int link, int code, boolean abort) {
            LinkState state = links.get(link);
            if (state != null) {
                state.link.close(code, abort);
            }
        }

        @Override
        public void closed(CloseReason reason) {
            server.remove(EngineConnection.this);
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
            EngineTransport.Post unfinished = post;
            post = null;
            if (unfinished != null) {
                unfinished.refuse();
            }
            listener.closed(reason);
        }
    }
}
