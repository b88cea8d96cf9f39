package dev.parley.socketio.engine;

/** What a binding to an HTTP server gives to an {@link EngineConnection}. Called in the connection's mailbox. */
public final class EngineTransport {
    private EngineTransport() {}

    /** A waiting GET. Exactly one of its methods is called. */
    public interface Poll {
        /** Answer with this body. */
        void answer(byte[] payload);

        /** Answer with {@link EngineError#BAD_REQUEST}. */
        void refuse();
    }

    /** A POST. Exactly one of its methods is called. */
    public interface Post {
        /** Answer {@code ok}. */
        void accept();

        /** Answer with {@link EngineError#BAD_REQUEST}, or break the connection off if the body is still coming. */
        void refuse();
    }

    /** A WebSocket. */
    public interface Link {
        /** Send this; then call {@link EngineConnection#written}. */
        void write(EngineFrame frame);

        /** Send a close frame, or break the connection off if {@code abort}. May be called more than once. */
        void close(int code, boolean abort);
    }
}
