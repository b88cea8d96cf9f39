package dev.parley.sfu;

/** What happens to a {@link WebRtcTransport}. */
public sealed interface TransportEvent {
    /** The ICE agent changed its state. */
    record IceStateChanged(IceState state) implements TransportEvent {}

    /** The DTLS association changed its state. */
    record DtlsStateChanged(DtlsState state) implements TransportEvent {}

    /** Media now goes to another remote address, written {@code 192.0.2.1:1234} or {@code [2001:db8::1]:1234}. */
    record RemoteAddressChanged(String remote) implements TransportEvent {}

    /** The last event: the transport, its producers and its consumers are closed. */
    record Closed(CloseReason reason) implements TransportEvent {}
}
