package dev.parley.loadtest;

/** Somebody could not join; the message names the cause and the cure. */
final class JoinException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JoinException(String message) {
        super(message);
    }
}
