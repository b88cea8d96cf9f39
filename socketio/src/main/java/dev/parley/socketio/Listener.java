package dev.parley.socketio;

/** Handles one kind of event of one socket. */
@FunctionalInterface
public interface Listener {
    /**
     * Handles one event. The events of a socket come in order, one at a time, on a virtual thread: blocking delays only
     * this socket. An exception is logged and has no other effect; the client's acknowledgement is then not sent.
     */
    void on(EventCall call) throws Exception;
}
