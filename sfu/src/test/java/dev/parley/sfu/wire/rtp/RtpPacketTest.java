package dev.parley.sfu.wire.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.Segments;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    private boolean wrap(String hex) {
        var bytes = Segments.hex(hex);
        return packet.wrap(bytes, 0, (int) bytes.byteSize());
    }

    @Test
    void readsAPlainHeader() {
        assertTrue(wrap("80 ef fffe 12345678 89abcdef 010203"));
        assertEquals(0x6f, packet.payloadType());
        assertTrue(packet.marker());
        assertEquals(0xfffe, packet.sequenceNumber());
        assertEquals(0x12345678L, packet.timestamp());
        assertEquals(0x89abcdefL, packet.ssrc());
        assertEquals(12, packet.headerLength());
        assertEquals(3, packet.payloadLength());
        assertEquals(-1, packet.extensionOffset(1));
    }

    @Test
    void readsOneByteExtensionsAndIgnoresPaddingBetweenThem() {
        assertTrue(wrap("90 00 0001 00000000 00000001 bede 0003 10aa 00 22010203 00 40bb 0000 ff"));
        assertEquals(16 + 1, packet.extensionOffset(1));
        assertEquals(1, packet.extensionLength(1));
        assertEquals(3, packet.extensionLength(2));
        assertEquals(1, packet.extensionLength(4));
        assertEquals(0xbb, Bytes.u8(packet.segment(), packet.extensionOffset(4)));
        assertEquals(28, packet.headerLength());
        assertEquals(1, packet.payloadLength());
        assertEquals(-1, packet.extensionLength(3));
        assertEquals(-1, packet.extensionLength(0));
    }

    @Test
    void stopsAtIdFifteen() {
        assertTrue(wrap("90 00 0001 00000000 00000001 bede 0002 10aa f0 20 bb cc dd ee"));
        assertEquals(1, packet.extensionLength(1));
        assertEquals(-1, packet.extensionLength(2));
    }

    @Test
    void readsTwoByteExtensionsOfAnyLength() {
        assertTrue(wrap("90 00 0001 00000000 00000001 1003 0003 0100 00 ff02aabb 0f01cc 0000"));
        assertEquals(0, packet.extensionLength(1));
        assertEquals(2, packet.extensionLength(255));
        assertEquals(1, packet.extensionLength(15));
    }

    @Test
    void skipsAnExtensionBlockOfAnotherProfile() {
        assertTrue(wrap("90 00 0001 00000000 00000001 1234 0001 10aabbcc dd"));
        assertEquals(20, packet.headerLength());
        assertEquals(-1, packet.extensionLength(1));
    }

    @Test
    void countsCsrcsAsHeader() {
        assertTrue(wrap("82 00 0001 00000000 00000001 aaaaaaaa bbbbbbbb 01"));
        assertEquals(20, packet.headerLength());
        assertFalse(wrap("83 00 0001 00000000 00000001 aaaaaaaa bbbbbbbb 01"));
    }

    @Test
    void takesPaddingOffThePayload() {
        assertTrue(wrap("a0 00 0001 00000000 00000001 0102 000003"));
        assertEquals(2, packet.payloadLength());
        assertEquals(3, packet.paddingLength());
        assertTrue(wrap("a0 00 0001 00000000 00000001 000003"));
        assertEquals(0, packet.payloadLength());
    }

    @Test
    void refusesWrongPadding() {
        assertFalse(wrap("a0 00 0001 00000000 00000001 0102 000000"));
        assertFalse(wrap("a0 00 0001 00000000 00000001 000004"));
        assertFalse(wrap("a0 00 0001 00000000 00000001"));
        var encrypted = Segments.hex("a0 00 0001 00000000 00000001 0102 000000");
        assertTrue(packet.wrapHeader(encrypted, 0, (int) encrypted.byteSize()));
    }

    @Test
    void refusesElementsThatRunOverTheBlock() {
        assertFalse(wrap("90 00 0001 00000000 00000001 bede 0001 1faabbcc dd"));
        assertFalse(wrap("90 00 0001 00000000 00000001 1000 0001 0103bbcc dd"));
        assertFalse(wrap("90 00 0001 00000000 00000001 1000 0001 000000cc dd"));
        assertFalse(wrap("90 00 0001 00000000 00000001 bede 0002 10aabbcc"));
        assertFalse(wrap("90 00 0001 00000000 00000001 bede"));
    }

    @Test
    void refusesEveryOtherVersion() {
        assertFalse(wrap("00 00 0001 00000000 00000001 01"));
        assertFalse(wrap("40 00 0001 00000000 00000001 01"));
        assertFalse(wrap("c0 00 0001 00000000 00000001 01"));
    }

    @Test
    void handlesEveryLengthFromZeroToSixtyFour() {
        for (int first = 0; first < 256; first++) {
            var bytes = new byte[64];
            bytes[0] = (byte) first;
            bytes[63] = 1;
            for (int length = 0; length <= 64; length++) {
                boolean valid = packet.wrap(MemorySegment.ofArray(bytes).asSlice(0, length), 0, length);
                assertTrue(!valid || length >= 12 && first >>> 6 == 2, "first byte " + first + ", length " + length);
            }
        }
    }

    @Test
    void writesWhatIsReadAgain() {
        var random = new Random(7);
        var bytes = MemorySegment.ofArray(new byte[2048]);
        var data = new byte[256];
        random.nextBytes(data);
        var writer = new RtpWriter();
        for (int round = 0; round < 20_000; round++) {
            boolean twoByte = random.nextBoolean();
            int count = random.nextInt(6);
            var lengths = new int[count];
            int sequence = random.nextInt(1 << 16);
            writer.begin(bytes, 5, 96, random.nextBoolean(), sequence, round * 3000L, 0xfedcba98L);
            if (count > 0) {
                writer.beginExtensions(twoByte);
            }
            for (int i = 0; i < count; i++) {
                lengths[i] = twoByte ? random.nextInt(256) : random.nextInt(1, 17);
                writer.extension(id(twoByte, i), MemorySegment.ofArray(data), 0, lengths[i]);
            }
            int header = writer.finish();
            assertTrue(packet.wrap(bytes, 5, header + 10));
            assertEquals(header, packet.headerLength());
            assertEquals(10, packet.payloadLength());
            assertEquals(sequence, packet.sequenceNumber());
            for (int i = 0; i < count; i++) {
                int id = id(twoByte, i);
                assertEquals(lengths[i], packet.extensionLength(id));
                assertEquals(-1, MemorySegment.mismatch(
                        bytes, 5 + packet.extensionOffset(id), 5 + packet.extensionOffset(id) + lengths[i],
                        MemorySegment.ofArray(data), 0, lengths[i]));
            }
        }
    }

    private static int id(boolean twoByte, int index) {
        return twoByte ? 40 * index + 1 : 2 * index + 1;
    }

    @Test
    void survivesAHundredThousandMutations() {
        var random = new Random(11);
        var samples = new MemorySegment[] {
            Segments.hex("90 e0 0001 00000000 00000001 bede 0003 10aa 00 22010203 00 40bb 0000 ff01020304"),
            Segments.hex("b2 e0 0001 00000000 00000001 aaaaaaaa bbbbbbbb"
                    + "1000 0003 0100 00 ff02aabb 0f01cc 0000 aa000003"),
        };
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            var bytes = samples[i & 1].toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            Segments.mutate(random, bytes, length);
            // A slice of exactly this length: reading beyond it would throw.
            if (packet.wrap(MemorySegment.ofArray(bytes).asSlice(0, length), 0, length)) {
                valid++;
                assertTrue(packet.payloadLength() >= 0);
                assertEquals(length, packet.headerLength() + packet.payloadLength() + packet.paddingLength());
                for (int id = 0; id < 256; id++) {
                    int at = packet.extensionOffset(id);
                    assertTrue(at < 0 || at >= 12 && at + packet.extensionLength(id) <= packet.headerLength());
                }
            }
        }
        assertTrue(valid > 10_000, "mutations that are still packets: " + valid);
    }
}
