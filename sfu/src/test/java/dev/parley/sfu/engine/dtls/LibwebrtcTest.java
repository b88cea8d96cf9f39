package dev.parley.sfu.engine.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.dtls.Peers.Peer;
import dev.parley.sfu.engine.ice.IceConfig;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.ice.IceLite;
import dev.parley.sfu.engine.ice.IceState;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The browsers' own stack, libwebrtc with BoringSSL, against our ICE and DTLS over a real socket, in both DTLS roles.
 * This build of it offers DTLS 1.2 alone, in one datagram.
 */
class LibwebrtcTest {
    @Test
    void libwebrtcConnectsAsClient() throws Exception {
        connect(Role.SERVER, "passive");
    }

    @Test
    void libwebrtcConnectsAsServer() throws Exception {
        connect(Role.CLIENT, "active");
    }

    private static void connect(Role role, String setup) throws Exception {
        var state = new CompletableFuture<RTCPeerConnectionState>();
        var audio = new AudioDeviceModule(AudioLayer.kDummyAudio);
        var factory = new PeerConnectionFactory(audio);
        var connection = factory.createPeerConnection(new RTCConfiguration(), new StateObserver(state));
        try (var socket = new DatagramSocket(0, ownAddress())) {
            var source = factory.createAudioSource(new AudioOptions());
            connection.addTrack(factory.createAudioTrack("audio", source), List.of("stream"));
            var credentials = IceCredentials.generate(Peers.RANDOM);
            var offer = offer(connection);
            var remote = Pattern.compile("a=fingerprint:(\\S+) (\\S+)").matcher(offer.sdp);
            assertEquals(true, remote.find(), offer.sdp);
            var expected = List.of(new DtlsFingerprint(remote.group(1), remote.group(2)));
            var dtls = new Peer(role, Peers.BOB, expected, DtlsConfig.defaults());
            var us = new Socketed(socket, credentials, dtls);
            set(done -> connection.setLocalDescription(offer, done));
            var answer = answer(offer.sdp, setup, credentials, socket);
            set(done -> connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, answer), done));
            us.run(state);
            assertEquals(RTCPeerConnectionState.CONNECTED, state.get(1, TimeUnit.SECONDS));
            assertEquals(1, dtls.connected);
            // COMPLETED once it has nominated, which it may do after the handshake.
            assertEquals(true, Set.of(IceState.CONNECTED, IceState.COMPLETED).contains(us.ice.state()));
        } finally {
            connection.close();
            factory.dispose();
            audio.dispose();
        }
    }

    private record StateObserver(CompletableFuture<RTCPeerConnectionState> state)
            implements dev.onvoid.webrtc.PeerConnectionObserver {
        @Override
        public void onIceCandidate(dev.onvoid.webrtc.RTCIceCandidate candidate) {}

        @Override
        public void onConnectionChange(RTCPeerConnectionState now) {
            if (now == RTCPeerConnectionState.CONNECTED || now == RTCPeerConnectionState.FAILED) {
                state.complete(now);
            }
        }
    }

    /** Our side on a socket. */
    private static final class Socketed implements IceLite.Out {
        private final DatagramSocket socket;
        private final Peer dtls;
        private final IceLite ice;
        private long now = System.nanoTime();

        private Socketed(DatagramSocket socket, IceCredentials own, Peer dtls) {
            this.socket = socket;
            this.dtls = dtls;
            this.ice = new IceLite(
                    own.usernameFragment(), own.password(), IceConfig.defaults(), new DropCounters(), now);
        }

        private void run(CompletableFuture<?> until) throws IOException {
            long end = System.nanoTime() + 40 * Peers.SECOND;
            socket.setSoTimeout(20);
            // The DTLS server is connected before the client has the server's last flight: both ends have to be.
            while (!(until.isDone() && dtls.connected > 0) && System.nanoTime() < end) {
                var packet = new DatagramPacket(new byte[2048], 2048);
                try {
                    socket.receive(packet);
                    now = System.nanoTime();
                    receive(packet);
                } catch (SocketTimeoutException nothing) {
                    now = System.nanoTime();
                }
                dtls.endpoint.timeout(now, dtls);
                flush();
            }
        }

        private void receive(DatagramPacket packet) {
            var from = TransportAddress.of(packet.getAddress(), packet.getPort());
            var bytes = Arrays.copyOf(packet.getData(), packet.getLength());
            if (StunMessage.isStun(bytes)) {
                ice.receive(now, from, bytes, this);
            } else if (ice.isValid(from) && bytes[0] >= 20 && bytes[0] <= 63) {
                dtls.endpoint.receive(now, bytes, dtls);
            }
        }

        private void flush() {
            ice.selected().ifPresent(to -> dtls.take().forEach(bytes -> send(to, bytes)));
        }

        @Override
        public void send(TransportAddress to, byte[] datagram) {
            try {
                socket.send(new DatagramPacket(datagram, datagram.length, to.toInetSocketAddress()));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void selected(TransportAddress remote) {
            dtls.endpoint.start(now, dtls);
        }

        @Override
        public void stateChanged(IceState state) {}
    }

    /** The offer turned round: the same codecs, our credentials, fingerprint and one candidate. */
    private static String answer(String offer, String setup, IceCredentials own, DatagramSocket socket) {
        var fingerprint = Peers.BOB.fingerprints().getFirst();
        return offer.replaceAll("a=ice-ufrag:\\S+", "a=ice-ufrag:" + own.usernameFragment())
                        .replaceAll("a=ice-pwd:\\S+", "a=ice-pwd:" + own.password())
                        .replaceAll("a=fingerprint:.*", "a=fingerprint:sha-256 " + fingerprint.value())
                        .replaceAll("a=setup:actpass", "a=setup:" + setup)
                        .replaceAll("a=sendrecv", "a=recvonly")
                        .replaceAll("a=(candidate|msid|ssrc|ice-options).*\r\n", "")
                        .replaceFirst("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n")
                + "a=candidate:udpcandidate 1 udp 1076302079 "
                + socket.getLocalAddress().getHostAddress() + " " + socket.getLocalPort() + " typ host\r\n";
    }

    private static RTCSessionDescription offer(RTCPeerConnection connection) throws Exception {
        var offer = new CompletableFuture<RTCSessionDescription>();
        connection.createOffer(new RTCOfferOptions(), new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                offer.complete(description);
            }

            @Override
            public void onFailure(String error) {
                offer.completeExceptionally(new AssertionError(error));
            }
        });
        return offer.get(20, TimeUnit.SECONDS);
    }

    private interface Setting {
        void apply(SetSessionDescriptionObserver done);
    }

    private static void set(Setting setting) throws Exception {
        var done = new CompletableFuture<Void>();
        setting.apply(new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                done.complete(null);
            }

            @Override
            public void onFailure(String error) {
                done.completeExceptionally(new AssertionError(error));
            }
        });
        done.get(20, TimeUnit.SECONDS);
    }

    /** An address that libwebrtc uses: it leaves out loopback when there is another network. */
    private static InetAddress ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(InetAddress.getLoopbackAddress());
    }
}
