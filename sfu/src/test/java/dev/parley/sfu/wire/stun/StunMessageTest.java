package dev.parley.sfu.wire.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.TransportAddress;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunMessageTest {
    /** RFC 5769, 2: the password of the sample messages. */
    private static final StunKey RFC_KEY = new StunKey("VOkJxbRl1RmTxUk/WvJxBt");

    private static final byte[] RFC_REQUEST = hex("""
            00010058 2112a442 b7e7a701bc34d686fa87dfae
            80220010 5354554e207465737420636c69656e74
            00240004 6e0001ff
            80290008 932ff9b151263b36
            00060009 6576746a3a68367659202020
            00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
            80280004 e57a3bcf""");
    private static final byte[] RFC_IPV4_RESPONSE = hex("""
            0101003c 2112a442 b7e7a701bc34d686fa87dfae
            8022000b 7465737420766563746f7220
            00200008 0001a147e112a643
            00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7
            80280004 c07d4c96""");
    private static final byte[] RFC_IPV6_RESPONSE = hex("""
            01010048 2112a442 b7e7a701bc34d686fa87dfae
            8022000b 7465737420766563746f7220
            00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
            00080014 a382954e4be67bf11784c97c8292c275bfe3ed41
            80280004 c8fb0b4c""");

    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private static final StunKey KEY = new StunKey("a password of more than twenty-two");

    @Test
    void readsTheSampleRequestOfRfc5769() {
        var message = StunMessage.parse(RFC_REQUEST).orElseThrow();
        assertEquals(StunType.BINDING_REQUEST, message.type());
        assertEquals(Optional.of("evtj:h6vY"), message.username());
        assertEquals(Optional.of("STUN test client"), message.software());
        assertEquals(OptionalLong.of(0x6e0001ffL), message.priority());
        assertEquals(OptionalLong.of(0x932ff9b151263b36L), message.iceControlled());
        assertEquals(OptionalLong.empty(), message.iceControlling());
        assertFalse(message.useCandidate());
        assertTrue(message.hasIntegrity(RFC_KEY));
        assertFalse(message.hasIntegrity(KEY));
        assertEquals(Optional.of("evtj:h6vY"), StunMessage.usernameOf(RFC_REQUEST));
        assertEquals(Optional.of("evtj"), StunMessage.localFragmentOf(RFC_REQUEST));
    }

    @Test
    void readsTheSampleResponsesOfRfc5769() throws Exception {
        var ipv4 = StunMessage.parse(RFC_IPV4_RESPONSE).orElseThrow();
        assertEquals(StunType.BINDING_SUCCESS, ipv4.type());
        assertEquals(Optional.of("test vector"), ipv4.software());
        assertTrue(ipv4.hasIntegrity(RFC_KEY));
        assertEquals(
                Optional.of(TransportAddress.of(InetAddress.getByName("192.0.2.1"), 32853)), ipv4.xorMappedAddress());

        var ipv6 = StunMessage.parse(RFC_IPV6_RESPONSE).orElseThrow();
        assertTrue(ipv6.hasIntegrity(RFC_KEY));
        assertEquals(
                Optional.of(TransportAddress.of(
                        InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677"), 32853)),
                ipv6.xorMappedAddress());
    }

    @Test
    void readsWhatItWrites() throws Exception {
        var address = TransportAddress.of(InetAddress.getByName("2001:db8::9"), 65535);
        var bytes = new StunBuilder(StunType.BINDING_REQUEST, ID)
                .username("there:here")
                .priority(0xffff_ffffL)
                .useCandidate()
                .iceControlling(-2)
                .xorMappedAddress(address)
                .build(KEY);
        var message = StunMessage.parse(bytes).orElseThrow();
        assertArrayEquals(ID, message.transactionId());
        assertTrue(message.hasIntegrity(KEY));
        assertTrue(message.useCandidate());
        assertEquals(OptionalLong.of(0xffff_ffffL), message.priority());
        assertEquals(OptionalLong.of(-2), message.iceControlling());
        assertEquals(Optional.of(address), message.xorMappedAddress());
        assertEquals(List.of(), message.unknownRequired());
    }

    @Test
    void readsErrorsAndUnknownAttributes() {
        var bytes = new StunBuilder(StunType.BINDING_ERROR, ID)
                .errorCode(420, "Unknown Attribute")
                .unknownAttributes(List.of(0x7001, 0x0003))
                .build(KEY);
        var message = StunMessage.parse(bytes).orElseThrow();
        assertEquals(OptionalInt.of(420), message.errorCode());
        assertEquals(List.of(0x7001, 0x0003), message.unknownAttributes());
        assertEquals(
                OptionalInt.of(487),
                StunMessage.parse(new StunBuilder(StunType.BINDING_ERROR, ID).errorCode(487, "").build(KEY))
                        .orElseThrow()
                        .errorCode());
    }

    @Test
    void namesTheRequiredAttributesThatItDoesNotKnow() {
        var bytes = new StunBuilder(StunType.BINDING_REQUEST, ID)
                .attribute(0x7001, new byte[3])
                .attribute(0xc057, new byte[5])
                .attribute(0x7001, new byte[1])
                .build(KEY);
        assertEquals(List.of(0x7001), StunMessage.parse(bytes).orElseThrow().unknownRequired());
    }

    @Test
    void ignoresWhatFollowsTheIntegrity() {
        var message = StunMessage.parse(withAttributeAfterIntegrity()).orElseThrow();
        assertTrue(message.hasIntegrity(KEY));
        assertFalse(message.useCandidate());
    }

    /** USE-CANDIDATE smuggled in behind MESSAGE-INTEGRITY, as somebody on the path could do. */
    private static byte[] withAttributeAfterIntegrity() {
        var plain = new StunBuilder(StunType.BINDING_REQUEST, ID).username("a:b").build(KEY);
        var bytes = new byte[plain.length - 8 + 4];
        System.arraycopy(plain, 0, bytes, 0, plain.length - 8);
        Stun.put16(bytes, plain.length - 8, Stun.USE_CANDIDATE);
        Stun.put16(bytes, 2, bytes.length - Stun.HEADER);
        return bytes;
    }

    @Test
    void refusesAWrongFingerprintAndAnyChangedByte() {
        for (int i = 0; i < RFC_REQUEST.length * 8; i++) {
            var changed = RFC_REQUEST.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            var parsed = StunMessage.parse(changed);
            assertTrue(parsed.isEmpty() || !parsed.get().hasIntegrity(RFC_KEY) || i / 8 >= RFC_REQUEST.length - 8,
                    "bit " + i);
        }
        var last = RFC_REQUEST.clone();
        last[last.length - 1] ^= 1;
        assertEquals(Optional.empty(), StunMessage.parse(last));
    }

    @Test
    void refusesEveryCutAndEveryWrongLength() {
        for (int length = 0; length < RFC_REQUEST.length; length++) {
            var cut = java.util.Arrays.copyOf(RFC_REQUEST, length);
            assertEquals(Optional.empty(), StunMessage.parse(cut));
        }
        assertEquals(Optional.empty(), StunMessage.parse(java.util.Arrays.copyOf(RFC_REQUEST, RFC_REQUEST.length + 4)));
    }

    @Test
    void refusesAttributesOfAWrongSize() {
        for (int type : new int[] {Stun.PRIORITY, Stun.USE_CANDIDATE, Stun.ICE_CONTROLLING, Stun.ICE_CONTROLLED,
            Stun.XOR_MAPPED_ADDRESS, Stun.ERROR_CODE, Stun.MESSAGE_INTEGRITY}) {
            var bytes = new StunBuilder(StunType.BINDING_REQUEST, ID).attribute(type, new byte[3]).build();
            assertEquals(Optional.empty(), StunMessage.parse(bytes), "type " + type);
        }
        var many = new StunBuilder(StunType.BINDING_REQUEST, ID);
        for (int i = 0; i < 40; i++) {
            many.attribute(0xc000 + i, new byte[0]);
        }
        assertEquals(Optional.empty(), StunMessage.parse(many.build()));
    }

    @Test
    void neverThrowsOnMutatedMessages() {
        var random = new Random(8489);
        var seeds = List.of(RFC_REQUEST, RFC_IPV4_RESPONSE, RFC_IPV6_RESPONSE, withAttributeAfterIntegrity());
        int parsed = 0;
        for (int i = 0; i < 200_000; i++) {
            var bytes = seeds.get(random.nextInt(seeds.size())).clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) == 0) {
                bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 20) & ~3);
            }
            if (bytes.length >= Stun.HEADER && random.nextBoolean()) {
                Stun.put16(bytes, 2, bytes.length - Stun.HEADER);
            }
            if (bytes.length >= Stun.HEADER + 8 && random.nextBoolean()) {
                // A right CRC, so that the mutation gets past the fingerprint.
                Stun.put32(bytes, bytes.length - 4, StunAttributes.fingerprint(bytes, bytes.length - 8));
            }
            StunMessage.usernameOf(bytes);
            StunMessage.localFragmentOf(bytes);
            var message = StunMessage.parse(bytes);
            if (message.isPresent()) {
                parsed++;
                readAll(message.get());
            }
        }
        assertTrue(parsed > 1000, "the mutations must reach the accessors, but only " + parsed + " parsed");
    }

    private static void readAll(StunMessage message) {
        message.username();
        message.software();
        message.priority();
        message.useCandidate();
        message.iceControlled();
        message.iceControlling();
        message.xorMappedAddress();
        message.errorCode();
        message.unknownAttributes();
        message.unknownRequired();
        message.hasIntegrity(KEY);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
