package dev.parley.sfu.wire.stun;

/** The messages of the Binding method (RFC 8489, 5); others are not ours. */
public enum StunType {
    /** A request, to be answered. */
    BINDING_REQUEST(0x0001),
    /** An indication: no answer, no consent. */
    BINDING_INDICATION(0x0011),
    /** A success response. */
    BINDING_SUCCESS(0x0101),
    /** An error response. */
    BINDING_ERROR(0x0111);

    private final int code;

    StunType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
