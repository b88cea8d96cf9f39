package dev.parley.sfu;

/**
 * What the SFU answers to a call that it cannot carry out: a stable code for programs and a sentence for people that names
 * the cause and the cure. Codes in use: {@code invalid-parameters}, {@code unsupported-codec}, {@code not-found},
 * {@code closed}, {@code limit-reached}, {@code timeout}.
 */
public final class SfuException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** An error with its machine-readable code and a sentence for people. */
    public SfuException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The stable, machine-readable code. */
    public String code() {
        return code;
    }
}
