package dev.parley.loadtest;

/** An option that does not work; the message says which, and what would. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
