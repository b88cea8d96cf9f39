package dev.parley.server.room;

import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.WebRtcTransport;

/** A participant's transport and what it is for. */
public sealed interface OwnTransport {
    /** The transport. */
    WebRtcTransport transport();

    /** The participant sends over it. */
    record Sending(WebRtcTransport transport) implements OwnTransport {}

    /**
     * The participant receives over it.
     *
     * @param rtpCapabilities what the participant's client can decode
     */
    record Receiving(WebRtcTransport transport, RtpCapabilities rtpCapabilities) implements OwnTransport {}
}
