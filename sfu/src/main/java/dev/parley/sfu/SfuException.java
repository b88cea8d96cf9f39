package dev.parley.sfu;

/**
 * A call that could not be done. {@link #code()} is stable and for programs, the message names cause and cure for
 * people. Codes in use: {@code invalid-config}, {@code invalid-parameters}, {@code unsupported-codec},
 * {@code cannot-consume}, {@code not-found}, {@code closed}, {@code limit-reached},
 * {@code duplicate-stream}, {@code wrong-state}, {@code port-in-use},
 * {@code timeout}, {@code internal}.
 */
public final class SfuException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    /** An error with a code of the list above and a sentence. */
    public SfuException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** An error with the failure that caused it. */
    public SfuException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The stable, machine-readable code. */
    public String code() {
        return code;
    }
}
