package dev.parley.sfu.engine.dtls;

/** The alerts that we send (RFC 5246, 7.2; RFC 8446, 6). */
enum Alert {
    CLOSE_NOTIFY(0),
    UNEXPECTED_MESSAGE(10),
    HANDSHAKE_FAILURE(40),
    BAD_CERTIFICATE(42),
    UNSUPPORTED_CERTIFICATE(43),
    ILLEGAL_PARAMETER(47),
    DECRYPT_ERROR(51),
    PROTOCOL_VERSION(70),
    INTERNAL_ERROR(80),
    NO_RENEGOTIATION(100),
    UNSUPPORTED_EXTENSION(110);

    static final int LEVEL_WARNING = 1;
    static final int LEVEL_FATAL = 2;

    private final int code;

    Alert(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The two bytes of the alert: level and description. */
    byte[] encode() {
        int level = this == CLOSE_NOTIFY || this == NO_RENEGOTIATION ? LEVEL_WARNING : LEVEL_FATAL;
        return new byte[] {(byte) level, (byte) code};
    }
}
