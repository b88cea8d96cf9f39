package dev.parley.sfu;

/** What happens to a {@link WebRtcTransport}. */
public sealed interface TransportEvent {
    /** The ICE agent changed its state. */
    record IceStateChanged(IceState state) implements TransportEvent {}

    /** The DTLS association changed its state. */
    record DtlsStateChanged(DtlsState state) implements TransportEvent {}

    /** Media now goes another way: first when the client connected, then when it changed its network or protocol. */
    record IceSelectedTupleChanged(TransportTuple tuple) implements TransportEvent {}

    /** The last event: the transport, its producers and its consumers are closed. */
    record Closed(CloseReason reason) implements TransportEvent {}
}
