package dev.parley.sfu.wire.rtcp;

/** What an RTCP packet is, by its packet type and, for feedback, its format. */
public enum RtcpKind {
    /** PT 200, RFC 3550, 6.4.1. */
    SENDER_REPORT,
    /** PT 201, RFC 3550, 6.4.2. */
    RECEIVER_REPORT,
    /** PT 202, RFC 3550, 6.5. */
    SOURCE_DESCRIPTION,
    /** PT 203, RFC 3550, 6.6. */
    BYE,
    /** PT 205 format 1, RFC 4585, 6.2.1. */
    NACK,
    /** PT 205 format 15, draft-holmer-rmcat-transport-wide-cc-extensions-01. */
    TRANSPORT_CC,
    /** PT 206 format 1, RFC 4585, 6.3.1. */
    PLI,
    /** PT 206 format 4, RFC 5104, 4.3.1. */
    FIR,
    /** PT 206 format 15 "REMB", draft-alvestrand-rmcat-remb-03. */
    REMB,
    /** Well-formed, but of no interest here: APP, XR, other feedback. */
    OTHER
}
