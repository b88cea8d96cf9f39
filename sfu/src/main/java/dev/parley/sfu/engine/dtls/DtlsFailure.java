package dev.parley.sfu.engine.dtls;

/** Why a DTLS handshake or connection ended. */
public enum DtlsFailure {
    /** The handshake did not finish before its deadline. */
    TIMEOUT,
    /** The peer ended it with a fatal alert. */
    PEER_ALERT,
    /** The peer has no version, cipher suite, group or signature algorithm in common with us. */
    NOTHING_IN_COMMON,
    /** The peer offers no extended master secret (RFC 7627) or no secure renegotiation (RFC 5746). */
    INSECURE_PEER,
    /** The peer offers no use_srtp, or none of our profiles (RFC 5764). */
    NO_SRTP_PROFILE,
    /** The peer sent no certificate. */
    NO_CERTIFICATE,
    /** The peer's certificate matches none of the fingerprints that were signalled. */
    FINGERPRINT_MISMATCH,
    /** The peer's certificate or signature is of a kind we do not take, or the signature is wrong. */
    BAD_SIGNATURE,
    /** The peer's Finished does not match the handshake. */
    BAD_FINISHED,
    /** The peer sent a message that is malformed or out of place. */
    PROTOCOL_ERROR,
    /** A cryptographic service failed on our side; a bug or a broken Java runtime. */
    INTERNAL
}
