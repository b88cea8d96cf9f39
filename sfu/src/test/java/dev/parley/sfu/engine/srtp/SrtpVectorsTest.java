package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The published vectors: RFC 3711 B.2 and B.3, RFC 6188 7.2, RFC 7714 16 and 17, and whole packets made by libsrtp. */
final class SrtpVectorsTest {
    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String QUID_PRO_QUO = "517569642070726f2071756f";
    /** "Gallia est omnis divisa in partes tres". */
    private static final String RTP = "8040f17b8041f8d35501a0b2"
            + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private static final String RTP_HEADER = RTP.substring(0, 24);
    private static final String RTCP = "81c8000d4d617273"
            + "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private static final String RTCP_HEADER = RTCP.substring(0, 16);

    @Test
    void makesTheKeystreamOfRfc3711AppendixB2() throws Exception {
        // The vector's counter is the session salt alone: SSRC and index are 0.
        var iv = new byte[16];
        PacketIv.counterMode(iv, bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfd"), 0, 0);
        assertEquals("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000", hex(iv));
        var cipher = Cipher.getInstance("AES/CTR/NoPadding");
        var key = new SecretKeySpec(bytes("2b7e151628aed2a6abf7158809cf4f3c"), "AES");
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
        assertEquals(
                "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0",
                hex(cipher.doFinal(new byte[48])));
    }

    @Test
    void derivesTheKeysOfRfc3711AppendixB3() {
        var master = bytes("e1f97a0d3e018be0d64fa32c06de4139");
        var salt = bytes("0ec675ad498afeebb6960b3aabe6");
        assertEquals("c61e7a93744f39ee10734afe3ff7a087", hex(SessionKeys.derive(master, salt, 0, 16)));
        assertEquals("30cbbc08863d8c85d49db34a9ae1", hex(SessionKeys.derive(master, salt, 2, 14)));
        assertEquals(
                "cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
                        + "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc25"
                        + "6d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2",
                hex(SessionKeys.derive(master, salt, 1, 94)));
    }

    @Test
    void derivesTheKeysOfRfc6188() {
        var master = bytes("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6");
        var salt = bytes("3b04803de51ee7c96423ab5b78d2");
        assertEquals(
                "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4",
                hex(SessionKeys.derive(master, salt, 0, 32)));
        assertEquals("fa31791685ca444a9e07c6c64e93", hex(SessionKeys.derive(master, salt, 2, 14)));
        assertEquals("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05", hex(SessionKeys.derive(master, salt, 1, 20)));
    }

    @Test
    void makesTheInitialisationVectorsOfRfc7714() {
        var iv = new byte[12];
        PacketIv.gcm(iv, bytes(QUID_PRO_QUO), 0x5501a0b2, 0xf17bL);
        assertEquals("51753c6580c2726f20718414", hex(iv));
        PacketIv.gcm(iv, bytes(QUID_PRO_QUO), 0x4d617273, 0x5d4);
        assertEquals("517524055203726f207170bb", hex(iv));
    }

    @Test
    void protectsRtpAsRfc7714Section16Does() {
        assertRtp(
                gcm(KEY_128),
                "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                        + "899d7f27beb16a9152cf765ee4390cce");
        assertRtp(
                gcm(KEY_256),
                "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                        + "7aa3db36dfffd6b0f9bb7878d7a76c13");
    }

    @Test
    void protectsRtcpAsRfc7714Section17Does() {
        assertRtcp(
                gcm(KEY_128),
                "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                        + "c84aa45896cf4d2fc5abf87245d9eade");
        assertRtcp(
                gcm(KEY_256),
                "d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
                        + "1d1eb30c4446839f57ff6f6cb26ac3be");
    }

    @Test
    void opensUnencryptedRtcpAsRfc7714Section17Does() {
        assertOpensClear(gcm(KEY_128), "841dd9683dd78ec92ae58790125f62b3");
        assertOpensClear(gcm(KEY_256), "91db4afbfeee5a978fab4393ed2615fe");
    }

    @Test
    void makesAndOpensThePacketsOfLibsrtp() {
        assertReference(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                "e1f97a0d3e018be0d64fa32c06de4139",
                "0ec675ad498afeebb6960b3aabe6",
                "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
        assertReference(
                SrtpProfile.AEAD_AES_128_GCM,
                KEY_128,
                "a0a1a2a3a4a5a6a7a8a9aaab",
                "c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392");
    }

    @Test
    void opensTheRtcpPacketsOfLibsrtp() {
        assertReferenceRtcp(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                "e1f97a0d3e018be0d64fa32c06de4139",
                "0ec675ad498afeebb6960b3aabe6",
                "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
        assertReferenceRtcp(
                SrtpProfile.AEAD_AES_128_GCM,
                KEY_128,
                "a0a1a2a3a4a5a6a7a8a9aaab",
                "c98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001");
    }

    private static void assertRtp(PacketCipher cipher, String protectedBody) {
        var packet = Arrays.copyOf(bytes(RTP_HEADER), 200);
        var payload = bytes(RTP.substring(24));
        // The first 5 bytes as a prefix: where the boundary lies must not show in the result.
        System.arraycopy(payload, 0, packet, 12, 5);
        cipher.sealRtp(
                MemorySegment.ofArray(packet), 0, 12, 5, MemorySegment.ofArray(payload), 5, payload.length - 5,
                0x5501a0b2, 0xf17b);
        int length = 12 + payload.length + 16;
        assertEquals(RTP_HEADER + protectedBody, hex(Arrays.copyOf(packet, length)));
        var opened = new byte[12 + payload.length];
        assertEquals(
                true,
                cipher.openRtp(
                        MemorySegment.ofArray(packet), 0, 12, length, 0x5501a0b2, 0xf17b,
                        MemorySegment.ofArray(opened), 0));
        assertEquals(RTP, hex(opened));
    }

    private static void assertRtcp(PacketCipher cipher, String protectedBody) {
        var plain = bytes(RTCP);
        var packet = Arrays.copyOf(plain, plain.length + 20);
        cipher.sealRtcp(MemorySegment.ofArray(packet), 0, plain.length, 0x4d617273, 0x5d4);
        assertEquals(RTCP_HEADER + protectedBody + "800005d4", hex(packet));
        assertOpens(cipher, packet, true);
    }

    private static void assertOpensClear(PacketCipher cipher, String tag) {
        assertOpens(cipher, bytes(RTCP + tag + "000005d4"), false);
    }

    private static void assertOpens(PacketCipher cipher, byte[] packet, boolean encrypted) {
        var opened = new byte[packet.length - 20];
        assertEquals(
                true,
                cipher.openRtcp(
                        MemorySegment.ofArray(packet), 0, packet.length, 0x4d617273, encrypted, 0x5d4,
                        MemorySegment.ofArray(opened), 0));
        assertEquals(RTCP, hex(opened));
    }

    private static void assertReference(SrtpProfile profile, String key, String salt, String body) {
        var keys = new SrtpKeys(profile, bytes(key), bytes(salt), bytes(key), bytes(salt));
        var header = bytes("800f1234decafbadcafebabe");
        var payload = bytes("ab".repeat(16));
        var packet = Arrays.copyOf(header, 100);
        int length = Srtp.sender(keys).sealRtp(
                MemorySegment.ofArray(packet), 0, 12, 0, MemorySegment.ofArray(payload), 0, payload.length);
        assertEquals(hex(header) + body, hex(Arrays.copyOf(packet, length)));
        var opened = new byte[28];
        assertEquals(
                28,
                Srtp.receiver(keys).openRtp(
                        MemorySegment.ofArray(packet), 0, length, MemorySegment.ofArray(opened), 0));
        assertEquals(hex(header) + hex(payload), hex(opened));
    }

    private static void assertReferenceRtcp(SrtpProfile profile, String key, String salt, String body) {
        var keys = new SrtpKeys(profile, bytes(key), bytes(salt), bytes(key), bytes(salt));
        var packet = bytes("81c8000bcafebabe" + body);
        var opened = new byte[24];
        assertEquals(
                24,
                Srtp.receiver(keys).openRtcp(
                        MemorySegment.ofArray(packet), 0, packet.length, MemorySegment.ofArray(opened), 0));
        assertEquals("81c8000bcafebabe" + "ab".repeat(16), hex(opened));
        // Our first index is 0 and libsrtp's is 1, so the second packet is the one to compare.
        var sender = Srtp.sender(keys);
        var sealed = MemorySegment.ofArray(new byte[24 + Srtp.RTCP_OVERHEAD]);
        int length = 0;
        for (int i = 0; i < 2; i++) {
            MemorySegment.copy(MemorySegment.ofArray(opened), 0, sealed, 0, 24);
            length = sender.sealRtcp(sealed, 0, 24);
        }
        assertEquals(hex(packet), hex(Arrays.copyOf((byte[]) sealed.heapBase().orElseThrow(), length)));
    }

    private static PacketCipher gcm(String key) {
        var keys = new SessionKeys(bytes(key), bytes(QUID_PRO_QUO), new byte[20]);
        return new JdkGcm(keys, keys);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
