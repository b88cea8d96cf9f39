package dev.parley.socketio.codec;

/** What came of a message. */
public sealed interface Decoded {
    /** A whole packet. */
    record Complete(SocketPacket packet) implements Decoded {}

    /** More attachments are to come. */
    record Incomplete() implements Decoded {}

    /**
     * Not Socket.IO, or over a limit.
     *
     * @param why a sentence for the log, free of the client's text
     */
    record Malformed(String why) implements Decoded {}
}
