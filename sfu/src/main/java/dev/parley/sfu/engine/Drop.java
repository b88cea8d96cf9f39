package dev.parley.sfu.engine;

/** Why a datagram or packet was dropped. Every drop is counted under its name; nothing is dropped silently. */
public enum Drop {
    /** Not STUN, DTLS, RTP or RTCP by its first byte (RFC 7983), or empty. */
    UNKNOWN_PROTOCOL,
    /** Not STUN, and its source was not validated by an authenticated check. */
    UNVALIDATED_SOURCE,
    /** A STUN message that does not parse. */
    STUN_MALFORMED,
    /** A STUN message for a user-name fragment that no transport has. */
    STUN_UNKNOWN_USER,
    /** A STUN message whose MESSAGE-INTEGRITY is missing or wrong. */
    STUN_INTEGRITY,
    /** A plain STUN request (one that names no transport) from an address that sends too many. */
    STUN_RATE_OF_ADDRESS,
    /** A plain STUN request when there are too many in all. */
    STUN_RATE,
    /** A STUN response or indication to an agent that waits for none like it. */
    STUN_UNEXPECTED,
    /** A DTLS record or handshake message that is malformed or over a limit. */
    DTLS_MALFORMED,
    /** A DTLS record or handshake message that came twice, or is older than the replay window. */
    DTLS_REPLAY,
    /** A DTLS record whose authentication tag is wrong. */
    DTLS_AUTHENTICATION,
    /**
     * A DTLS record that is well-formed but has no place in the association's state, such as an alert that nobody
     * signed.
     */
    DTLS_UNEXPECTED,
    /** DTLS or SRTP that came before it could be handled. */
    NOT_CONNECTED,
    /** An RTP packet that does not parse. */
    RTP_MALFORMED,
    /** An RTCP packet that does not parse. */
    RTCP_MALFORMED,
    /** SRTP or SRTCP whose authentication tag is wrong. */
    SRTP_AUTHENTICATION,
    /** SRTP or SRTCP that came twice, or is older than the replay window. */
    SRTP_REPLAY,
    /** What was to be sent has no index left that the keys were not used with: too many packets or SSRCs. */
    SRTP_EXHAUSTED,
    /** RTP whose SSRC, MID or RID no producer declared. */
    UNDECLARED_STREAM,
    /** RTP that its stream had already. */
    DUPLICATE,
    /** RTP whose payload type was not negotiated for its stream. */
    UNKNOWN_PAYLOAD_TYPE,
    /** RTP whose sequence number is far from all before it, until its successor confirms it. */
    SEQUENCE_JUMP,
    /** RTX without an original packet in it: a bandwidth probe. */
    PADDING_ONLY,
    /** RTP older than what the ring holds. */
    TOO_OLD,
    /** RTP of a producer that is paused. */
    PRODUCER_PAUSED,
    /** A datagram larger than a slot. */
    TOO_LARGE,
    /** The socket did not take a datagram. */
    SEND_REFUSED,
    /** A reader was overtaken by its ring's writer. */
    LAPPED,
    /** Video that was left out so that a lane that falls behind keeps up with sound. */
    SHED,
    /** A datagram for a transport on another lane, which had no room left for it. */
    HAND_OVER_FULL,
    /** A TCP connection that announced an empty or too large datagram, and was closed (RFC 4571). */
    TCP_FRAMING,
    /** A TCP connection that was not let in, because there are too many. */
    TCP_REFUSED,
    /** A TCP connection that was closed because no authenticated check came over it in time. */
    TCP_SILENT,
    /** A datagram over TCP for a transport that is closed, or on a connection that is or that another transport has. */
    TCP_UNOWNED,
    /** Video that was left out because too much waits for a TCP connection that does not keep up. */
    TCP_QUEUE_VIDEO,
    /** Anything else that was left out because a TCP connection does not keep up, or is closed. */
    TCP_QUEUE_FULL
}
