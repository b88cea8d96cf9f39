package dev.parley.loadtest.media;

/** Media cannot flow; the message names the cause and the cure. */
public final class MediaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MediaException(String message) {
        super(message);
    }
}
