package dev.parley.sfu.engine.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.lane.KeyLogFile;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The debugging aid that writes secrets: its file is what Wireshark reads, and nobody else's to read. */
final class KeyLogTest {
    private static final long NOW = Peers.SECOND;
    /** Record header, handshake header, version (RFC 6347, 4.3.2). */
    private static final int RANDOM_AT = 13 + 12 + 2;

    @TempDir
    private Path folder;

    @Test
    void aLineOfEachHandshakeGivesTheSrtpKeysThatItsRandomsExport() throws Exception {
        var path = folder.resolve("keys.log");
        for (var round = 1; round <= 2; round++) {
            var client = Peers.client();
            try (var log = KeyLogFile.open(path)) {
                var server = Peers.server(DtlsConfig.defaults().withKeyLog(log));
                var wire = record(client, server);
                var lines = Files.readAllLines(path);
                assertEquals(round, lines.size());
                var words = lines.getLast().split(" ");
                assertEquals(List.of("CLIENT_RANDOM", 64, 96), List.of(words[0], words[1].length(), words[2].length()));
                var clientRandom = random(wire, 1);
                assertEquals(HexFormat.of().formatHex(clientRandom), words[1]);
                var master = HexFormat.of().parseHex(words[2]);
                var keys = server.keys.orElseThrow();
                var exported = export(master, clientRandom, random(wire, 2), 2 * (16 + 12));
                assertArrayEquals(keys.remoteKey(), Arrays.copyOfRange(exported, 0, 16));
                assertArrayEquals(keys.localKey(), Arrays.copyOfRange(exported, 16, 32));
                assertArrayEquals(keys.remoteSalt(), Arrays.copyOfRange(exported, 32, 44));
                assertArrayEquals(keys.localSalt(), Arrays.copyOfRange(exported, 44, 56));
            }
        }
    }

    @Test
    void onlyTheOwnerMayReadItEvenIfItWasThereBeforeAndOpenToAll() throws Exception {
        var fresh = folder.resolve("fresh.log");
        var old = Files.writeString(folder.resolve("old.log"), "# before\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));
        for (var path : List.of(fresh, old)) {
            try (var log = KeyLogFile.open(path)) {
                log.secret(new byte[32], new byte[48]);
            }
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
        assertEquals("# before", Files.readAllLines(old).getFirst());
        assertEquals(2, Files.readAllLines(old).size());
    }

    @Test
    void noSecretIsToldUnlessAsked() {
        assertTrue(DtlsConfig.defaults().keyLog().isEmpty());
        assertFalse(DtlsConfig.defaults().withKeyLog((random, secret) -> {}).keyLog().isEmpty());
    }

    private static List<byte[]> record(Peers.Peer client, Peers.Peer server) {
        var wire = new ArrayList<byte[]>();
        client.endpoint.start(NOW, client);
        server.endpoint.start(NOW, server);
        while (!client.sent.isEmpty() || !server.sent.isEmpty()) {
            var there = client.take();
            server.receive(NOW, there);
            var back = server.take();
            client.receive(NOW, back);
            wire.addAll(there);
            wire.addAll(back);
        }
        return wire;
    }

    /** The random of the first handshake message of a type: 1 is ClientHello, 2 ServerHello. */
    private static byte[] random(List<byte[]> wire, int type) {
        var hello = wire.stream()
                .filter(datagram -> datagram[0] == 22 && datagram[13] == type)
                .findFirst()
                .orElseThrow();
        return Arrays.copyOfRange(hello, RANDOM_AT, RANDOM_AT + 32);
    }

    /** RFC 5705 with RFC 5764's label, written here once more so that it proves the product's. */
    private static byte[] export(byte[] master, byte[] clientRandom, byte[] serverRandom, int length) throws Exception {
        var seed = new ByteArrayOutputStream();
        seed.write("EXTRACTOR-dtls_srtp".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        seed.write(clientRandom);
        seed.write(serverRandom);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(master, "HmacSHA256"));
        var out = new ByteArrayOutputStream();
        var a = seed.toByteArray();
        while (out.size() < length) {
            a = mac.doFinal(a);
            mac.update(a);
            out.write(mac.doFinal(seed.toByteArray()));
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }
}
