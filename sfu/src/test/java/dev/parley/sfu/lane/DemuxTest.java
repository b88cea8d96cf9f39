package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class DemuxTest {
    private static Demux of(int first, int second) {
        return Demux.of(MemorySegment.ofArray(new byte[] {(byte) first, (byte) second, 0}), 0, 3);
    }

    @Test
    void knowsEachRangeOfRfc7983() {
        for (int first = 0; first < 256; first++) {
            var expected = first <= 3
                    ? Demux.STUN
                    : first >= 20 && first <= 63 ? Demux.DTLS
                    : first >= 128 && first <= 191 ? Demux.RTP : Demux.UNKNOWN;
            assertEquals(expected, of(first, 96));
        }
    }

    @Test
    void tellsRtcpByItsPacketType() {
        assertEquals(Demux.RTP, of(0x80, 191));
        assertEquals(Demux.RTCP, of(0x80, 192));
        assertEquals(Demux.RTCP, of(0x81, 200));
        assertEquals(Demux.RTCP, of(0x80, 223));
        assertEquals(Demux.RTP, of(0x80, 224), "payload type 96 with the marker bit");
    }

    @Test
    void knowsNothingAboutLessThanTwoBytes() {
        var memory = MemorySegment.ofArray(new byte[] {(byte) 0x80});
        assertEquals(Demux.UNKNOWN, Demux.of(memory, 0, 0));
        assertEquals(Demux.UNKNOWN, Demux.of(memory, 0, 1));
    }
}
