package dev.parley.sfu.wire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.Segments;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayloadFormatTest {
    private static boolean key(PayloadFormat format, String hex) {
        var bytes = Segments.hex(hex);
        return format.startsKeyFrame(bytes, 0, (int) bytes.byteSize(), 0, -1);
    }

    @Test
    void findsVp8KeyFrames() {
        // With a 15-bit picture id, TL0PICIDX and TID; then a key frame's tag and start code.
        assertTrue(key(PayloadFormat.VP8, "90e0b5b60020 102e00 9d012a 8002e001"));
        assertTrue(key(PayloadFormat.VP8, "9080 35 102e00 9d012a"));
        assertTrue(key(PayloadFormat.VP8, "10 102e00 9d012a"));
        assertFalse(key(PayloadFormat.VP8, "90e0b5b60020 312e00"), "predicted");
        assertFalse(key(PayloadFormat.VP8, "80e0b5b60020 102e00"), "not the start");
        assertFalse(key(PayloadFormat.VP8, "91e0b5b60020 102e00"), "another partition");
        assertFalse(key(PayloadFormat.VP8, "90e0b5b60020"), "descriptor alone");
    }

    @Test
    void findsVp9KeyFrames() {
        assertTrue(key(PayloadFormat.VP9, "8a 92b3 18 00"));
        assertTrue(key(PayloadFormat.VP9, "aa 92b3 00 01 18 00"));
        assertTrue(key(PayloadFormat.VP9, "08 82"));
        assertFalse(key(PayloadFormat.VP9, "ca 92b3 18 00"), "predicted");
        assertFalse(key(PayloadFormat.VP9, "82 92b3 18 00"), "not the start");
        assertFalse(key(PayloadFormat.VP9, "aa 92b3 02 01 18 00"), "an upper spatial layer");
        assertFalse(key(PayloadFormat.VP9, "aa 92b3"), "descriptor alone");
    }

    @Test
    void findsH264KeyFrames() {
        assertTrue(key(PayloadFormat.H264, "67 42c01f 8c8d40"), "SPS");
        assertTrue(key(PayloadFormat.H264, "78 0007 6742c01f8c8d40 0004 68ce3c80"), "STAP-A");
        assertTrue(key(PayloadFormat.H264, "78 0004 68ce3c80 0007 6742c01f8c8d40"), "STAP-A, SPS second");
        assertTrue(key(PayloadFormat.H264, "7c87 42c0"), "FU-A, first fragment of an SPS");
        assertFalse(key(PayloadFormat.H264, "7c07 42c0"), "FU-A, middle fragment");
        assertFalse(key(PayloadFormat.H264, "65 888402"), "IDR without its SPS");
        assertFalse(key(PayloadFormat.H264, "7c85 b804"), "FU-A of an IDR");
        assertFalse(key(PayloadFormat.H264, "7c81 b804"), "FU-A of another slice");
        assertFalse(key(PayloadFormat.H264, "41 9a24"), "non-IDR slice");
        assertFalse(key(PayloadFormat.H264, "78 0004 68ce3c80 ffff 41"), "STAP-A cut off");
        assertFalse(key(PayloadFormat.H264, "78 0000 00"));
    }

    @Test
    void findsAv1KeyFrames() {
        assertTrue(key(PayloadFormat.AV1, "28 0a0b000000"));
        assertFalse(key(PayloadFormat.AV1, "30 3200"));
        assertFalse(key(PayloadFormat.AV1, "88 3200"), "continues an OBU");
        assertTrue(PayloadFormat.AV1.startsKeyFrame(Segments.hex("c0000180 30"), 4, 1, 0, 4), "structure attached");
        assertFalse(PayloadFormat.AV1.startsKeyFrame(Segments.hex("40000180 38"), 4, 1, 0, 4), "frame began earlier");
        assertFalse(PayloadFormat.AV1.startsKeyFrame(Segments.hex("c00001 38"), 3, 1, 0, 3), "short descriptor");
    }

    @Test
    void knowsFormatsByMediaType() {
        assertEquals(PayloadFormat.VP8, PayloadFormat.ofMimeType("video/vp8"));
        assertEquals(PayloadFormat.H264, PayloadFormat.ofMimeType("video/H264"));
        assertEquals(PayloadFormat.OPAQUE, PayloadFormat.ofMimeType("audio/opus"));
        assertFalse(PayloadFormat.OPAQUE.hasKeyFrames());
    }

    @Test
    void survivesRandomBytesOfEveryLength() {
        var random = new Random(17);
        int keys = 0;
        for (int i = 0; i < 200_000; i++) {
            var bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            var segment = MemorySegment.ofArray(bytes);
            for (var format : PayloadFormat.values()) {
                keys += format.startsKeyFrame(segment, 0, bytes.length, 0, -1) ? 1 : 0;
                keys += format.startsKeyFrame(segment, 0, bytes.length, 0, bytes.length) ? 1 : 0;
            }
        }
        assertTrue(keys > 1000);
    }
}
