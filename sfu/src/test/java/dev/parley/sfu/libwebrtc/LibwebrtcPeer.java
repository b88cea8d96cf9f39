package dev.parley.sfu.libwebrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.parley.sfu.Consumer;
import dev.parley.sfu.DtlsParameters;
import dev.parley.sfu.DtlsRole;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.Producer;
import dev.parley.sfu.ProducerOptions;
import dev.parley.sfu.WebRtcTransport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A peer connection of libwebrtc, joined to a transport of the SFU as a browser's is by a client library. */
final class LibwebrtcPeer implements AutoCloseable {
    private final WebRtcTransport transport;
    private final RTCPeerConnection connection;
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final HeardAndSeen received = new HeardAndSeen();

    LibwebrtcPeer(PeerConnectionFactory factory, WebRtcTransport transport) {
        this.transport = transport;
        connection = factory.createPeerConnection(new RTCConfiguration(), new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                // The SFU learns our addresses from our checks.
            }

            @Override
            public void onConnectionChange(RTCPeerConnectionState state) {
                if (state == RTCPeerConnectionState.CONNECTED) {
                    connected.complete(true);
                } else if (state == RTCPeerConnectionState.FAILED) {
                    connected.completeExceptionally(new AssertionError("libwebrtc says the connection failed"));
                }
            }

            @Override
            public void onTrack(RTCRtpTransceiver transceiver) {
                var track = transceiver.getReceiver().getTrack();
                if (track instanceof VideoTrack video) {
                    video.addSink(received::frame);
                } else if (track instanceof AudioTrack audio) {
                    audio.addSink(received::sound);
                }
            }
        });
    }

    /** Sends these tracks. */
    List<Producer> publish(List<? extends MediaStreamTrack> tracks, String videoCodec) {
        for (var track : tracks) {
            var init = new RTCRtpTransceiverInit();
            init.direction = RTCRtpTransceiverDirection.SEND_ONLY;
            connection.addTransceiver(track, init);
        }
        var offer = create(observer -> connection.createOffer(new RTCOfferOptions(), observer));
        set(observer -> connection.setLocalDescription(offer, observer));
        var reader = new SdpReader(offer.sdp);
        transport.connect(new DtlsParameters(DtlsRole.CLIENT, reader.fingerprints()));
        var sections = reader.sections(Map.of(MediaKind.AUDIO, "opus", MediaKind.VIDEO, videoCodec));
        var producers = sections.stream()
                .map(section -> transport.produce(new ProducerOptions(section.kind(), section.parameters())))
                .toList();
        var answer = new RTCSessionDescription(RTCSdpType.ANSWER, SdpWriter.of(transport, sections, false));
        set(observer -> connection.setRemoteDescription(answer, observer));
        return producers;
    }

    /** Receives these consumers, and lets them run. */
    void subscribe(List<Consumer> consumers) {
        var sections = consumers.stream()
                .map(consumer -> new SdpReader.Section(consumer.kind(), consumer.rtpParameters()))
                .toList();
        var offer = new RTCSessionDescription(RTCSdpType.OFFER, SdpWriter.of(transport, sections, true));
        set(observer -> connection.setRemoteDescription(offer, observer));
        var answer = create(observer -> connection.createAnswer(new RTCAnswerOptions(), observer));
        set(observer -> connection.setLocalDescription(answer, observer));
        transport.connect(new DtlsParameters(DtlsRole.CLIENT, new SdpReader(answer.sdp).fingerprints()));
        consumers.forEach(Consumer::resume);
    }

    void awaitConnected() throws Exception {
        connected.get(20, TimeUnit.SECONDS);
    }

    HeardAndSeen received() {
        return received;
    }

    private static RTCSessionDescription create(java.util.function.Consumer<CreateSessionDescriptionObserver> call) {
        var done = new CompletableFuture<RTCSessionDescription>();
        call.accept(new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                done.complete(description);
            }

            @Override
            public void onFailure(String error) {
                done.completeExceptionally(new AssertionError(error));
            }
        });
        return done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void set(java.util.function.Consumer<SetSessionDescriptionObserver> call) {
        var done = new CompletableFuture<Boolean>();
        call.accept(new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                done.complete(true);
            }

            @Override
            public void onFailure(String error) {
                done.completeExceptionally(new AssertionError(error));
            }
        });
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        connection.close();
    }
}
