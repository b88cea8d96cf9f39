package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Runs one of our endpoints on a real socket, to be tried by hand against OpenSSL; not a part of the automatic tests.
 *
 * <pre>
 *   OpensslTool prepare DIR        writes peer.crt and peer.key for OpenSSL
 *   OpensslTool server DIR PORT    then openssl s_client -dtls1_2 -connect 127.0.0.1:PORT COMMON
 *   OpensslTool client DIR PORT    after openssl s_server -dtls1_2 -accept PORT -Verify 1 COMMON
 *   COMMON is                      -cert peer.crt -key peer.key -use_srtp SRTP_AEAD_AES_128_GCM
 *                                  -keymatexport EXTRACTOR-dtls_srtp -keymatexportlen 56
 * </pre>
 *
 * Both print the keying material, which must be the same.
 */
final class OpensslTool {
    private OpensslTool() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[1]);
        if (arguments[0].equals("prepare")) {
            Files.writeString(folder.resolve("peer.crt"), pem("CERTIFICATE", Peers.ALICE.encoded()));
            Files.writeString(folder.resolve("peer.key"), pem("PRIVATE KEY", Peers.ALICE.key().getEncoded()));
            return;
        }
        var text = Files.readString(folder.resolve("peer.crt")).replaceAll("-----.*-----|\\s", "");
        var expected = List.of(DtlsFingerprint.of("sha-256", Base64.getDecoder().decode(text)));
        boolean client = arguments[0].equals("client");
        int port = Integer.parseInt(arguments[2]);
        var role = client ? DtlsEndpoint.Role.CLIENT : DtlsEndpoint.Role.SERVER;
        var peer = new Peers.Peer(role, Peers.BOB, expected, DtlsConfig.defaults());
        var loopback = InetAddress.getLoopbackAddress();
        try (var socket = client ? new DatagramSocket(0, loopback) : new DatagramSocket(port, loopback)) {
            run(peer, socket, client ? new InetSocketAddress(loopback, port) : null);
        }
    }

    private static void run(Peers.Peer peer, DatagramSocket socket, SocketAddress first) throws Exception {
        var remote = first;
        socket.setSoTimeout(50);
        if (remote != null) {
            peer.endpoint.start(System.nanoTime(), peer);
        }
        long end = System.nanoTime() + 20 * Peers.SECOND;
        boolean told = false;
        while (System.nanoTime() < end && peer.failed + peer.closed == 0) {
            for (var datagram : peer.take()) {
                socket.send(new DatagramPacket(datagram, datagram.length, remote));
            }
            if (peer.keys.isPresent() && !told) {
                told = true;
                System.out.println(describe(peer.keys.get(), first != null));
            }
            var packet = new DatagramPacket(new byte[2048], 2048);
            try {
                socket.receive(packet);
                remote = packet.getSocketAddress();
                var bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                peer.endpoint.receive(System.nanoTime(), bytes, peer);
            } catch (SocketTimeoutException nothing) {
                peer.endpoint.timeout(System.nanoTime(), peer);
            }
        }
        for (var datagram : peer.take()) {
            socket.send(new DatagramPacket(datagram, datagram.length, remote));
        }
        System.out.println("connected " + peer.connected + " failure " + peer.failure + " closed " + peer.closed
                + " drops " + peer.drops.snapshot());
    }

    private static String describe(SrtpKeys keys, boolean weAreClient) {
        var client = weAreClient ? keys : keys.mirrored();
        var hex = HexFormat.of().withUpperCase();
        return keys.profile() + " " + hex.formatHex(client.localKey()) + hex.formatHex(client.remoteKey())
                + hex.formatHex(client.localSalt()) + hex.formatHex(client.remoteSalt());
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}
