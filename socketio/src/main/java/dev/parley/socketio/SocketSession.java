package dev.parley.socketio;

import dev.parley.socketio.DisconnectReason.Cause;
import dev.parley.socketio.engine.CloseReason;
import dev.parley.socketio.engine.EngineFrame;
import dev.parley.socketio.engine.Mailbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What outlives a connection: a client's place in a namespace, with its id, rooms and attachment. While its
 * connection is lost it keeps its rooms and collects what it misses. The current {@link Socket} changes in the
 * session's mailbox only, through which everything sent to it goes too: so nothing is lost or doubled when a new
 * connection continues it.
 */
final class SocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(SocketSession.class);

    private final Namespace namespace;
    private final String id;
    private final Optional<String> pid;
    private final Optional<ReplayLog> log;
    private final SerialExecutor executor = new SerialExecutor();
    private final Mailbox mailbox = new Mailbox(t -> LOG.error("A session failed", t));
    private final Set<String> rooms = ConcurrentHashMap.newKeySet(4);
    private volatile @Nullable Socket current;
    private volatile boolean gone;
    private volatile @Nullable Object attachment;
    private @Nullable Future<?> expiry;

    SocketSession(Namespace namespace, String id, Optional<String> pid, Optional<ReplayLog> log) {
        this.namespace = namespace;
        this.id = id;
        this.pid = pid;
        this.log = log;
    }

    String id() {
        return id;
    }

    Optional<String> pid() {
        return pid;
    }

    SerialExecutor executor() {
        return executor;
    }

    Optional<Socket> socket() {
        return Optional.ofNullable(current);
    }

    Optional<Object> attachment() {
        return Optional.ofNullable(attachment);
    }

    void attach(Object object) {
        attachment = object;
    }

    // ---- rooms ----

    Set<String> rooms() {
        return rooms;
    }

    boolean isIn(String room) {
        return rooms.contains(room) || room.equals(id);
    }

    void join(String room) {
        if (rooms.add(room)) {
            namespace.rooms().join(room, this);
        }
        if (gone) {
            leaveAll();
        }
    }

    void leave(String room) {
        if (rooms.remove(room)) {
            namespace.rooms().leave(room, this);
        }
    }

    private void leaveAll() {
        for (String room : rooms) {
            leave(room);
        }
    }

    // ---- sending ----

    /** Sends what came from a broadcast: to whoever sits here now, or later. */
    void deliver(List<EngineFrame> frames, Optional<String> offset) {
        mailbox.execute(() -> send(frames, offset));
    }

    /** Sends what came from this socket, unless it has ended. */
    void deliver(Socket from, List<EngineFrame> frames, Optional<String> offset) {
        mailbox.execute(() -> {
            if (current == from) {
                send(frames, offset);
            }
        });
    }

    private void send(List<EngineFrame> frames, Optional<String> offset) {
        if (gone) {
            return;
        }
        if (offset.isPresent() && log.isPresent()) {
            log.get().add(namespace.server().now(), offset.get(), frames);
        }
        Socket socket = current;
        if (socket != null) {
            socket.client().connection().send(frames);
        }
    }

    // ---- beginning and end ----

    /** Connects the session's first socket, unless that has ended meanwhile. */
    void begin(Socket socket) {
        mailbox.execute(() -> {
            if (socket.ended()) {
                return;
            }
            namespace.add(this);
            seat(socket, List.of());
        });
    }

    /** Continues the session on a new socket; {@code failed} runs if that cannot be. */
    void resume(Socket socket, Optional<String> offset, Runnable failed) {
        mailbox.execute(() -> {
            Socket old = current;
            if (old != null) {
                // The client has noticed the loss before us.
                leaveSeat(old, new DisconnectReason(Cause.TRANSPORT_CLOSE, "continued on a new connection"));
                old.client().connection().close(CloseReason.Kind.FORCED_CLOSE, "continued on a new connection");
            }
            if (socket.ended()) {
                return;
            }
            Optional<List<EngineFrame>> missed = gone ? Optional.empty() : log.flatMap(l -> l.after(offset));
            if (missed.isEmpty()) {
                forget();
                failed.run();
                return;
            }
            if (expiry != null) {
                expiry.cancel(false);
                expiry = null;
            }
            seat(socket, missed.get());
        });
    }

    private void seat(Socket socket, List<EngineFrame> missed) {
        current = socket;
        socket.markConnected();
        // Before the client hears of it: its first event may come at once, and must find its listener. What the
        // application sends meanwhile waits in the mailbox behind this.
        executor.execute(() -> namespace.connected(socket));
        socket.client().connection().send(namespace.server().encoder().connect(namespace.name(), id, pid));
        if (!missed.isEmpty()) {
            socket.client().connection().send(missed);
        }
    }

    /** The socket has ended. Without effect the second time. */
    void end(Socket socket, DisconnectReason reason) {
        mailbox.execute(() -> {
            if (current == socket) {
                leaveSeat(socket, reason);
            } else {
                socket.markEnded(reason);
            }
        });
    }

    /**
     * The server ends the socket.
     *
     * @param before runs while it can still send, and only if it has not ended yet
     * @param after  runs in any case
     */
    void disconnect(Socket socket, Runnable before, Runnable after) {
        mailbox.execute(() -> {
            if (!socket.ended()) {
                before.run();
                DisconnectReason reason = new DisconnectReason(Cause.SERVER_NAMESPACE_DISCONNECT);
                if (current == socket) {
                    leaveSeat(socket, reason);
                } else {
                    socket.markEnded(reason);
                }
            }
            after.run();
        });
    }

    private void leaveSeat(Socket socket, DisconnectReason reason) {
        current = null;
        socket.markEnded(reason);
        if (log.isPresent() && reason.recoverable()) {
            expiry = namespace.server().timers().schedule(namespace.server().settings().recoveryWindow(), this::expire);
        } else {
            forget();
        }
        executor.execute(() -> socket.runDisconnectListeners(reason));
    }

    private void expire() {
        mailbox.execute(() -> {
            if (current == null) {
                forget();
            }
        });
    }

    private void forget() {
        if (!gone) {
            gone = true;
            leaveAll();
            namespace.remove(this);
        }
    }
}
