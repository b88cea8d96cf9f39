package dev.parley.sfu.engine.ice;

import java.util.Locale;

/** How far ICE has come, with mediasoup's names. */
public enum IceState {
    /** No authenticated check has arrived yet. */
    NEW,
    /** A pair works, but the peer nominated none yet. */
    CONNECTED,
    /** The peer nominated a pair. */
    COMPLETED,
    /** Consent ran out: nothing may be sent until the peer checks again (RFC 7675, 5.1). */
    DISCONNECTED,
    /** It never connected in time, or stayed disconnected: the transport is to be freed. Final. */
    CLOSED;

    /** The name in JSON: lower case, as mediasoup writes it. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
