package dev.parley.sfu.engine.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FrameReaderTest {
    private static final int LARGEST = 2_047;

    private final List<String> out = new ArrayList<>();

    private boolean feed(FrameReader reader, byte[] stream, int from, int to) {
        var memory = MemorySegment.ofArray(stream);
        return reader.read(memory, from, to - from, (in, offset, length) -> out.add(HexFormat.of()
                .formatHex(in.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE))));
    }

    private static byte[] stream(List<byte[]> datagrams) {
        var bytes = new ByteArrayOutputStream();
        for (var datagram : datagrams) {
            bytes.write(datagram.length >> 8);
            bytes.write(datagram.length);
            bytes.writeBytes(datagram);
        }
        return bytes.toByteArray();
    }

    private static List<byte[]> datagrams(SplittableRandom random, int... lengths) {
        var datagrams = new ArrayList<byte[]>();
        for (var length : lengths) {
            var datagram = new byte[length];
            random.nextBytes(datagram);
            datagrams.add(datagram);
        }
        return datagrams;
    }

    private static List<String> hex(List<byte[]> datagrams) {
        return datagrams.stream().map(HexFormat.of()::formatHex).toList();
    }

    @Test
    void findsTheSameDatagramsWhereverTheStreamIsCutInThree() {
        var sent = datagrams(new SplittableRandom(1), 1, 5, 20, 2, 3);
        var stream = stream(sent);
        for (var first = 0; first <= stream.length; first++) {
            for (var second = first; second <= stream.length; second++) {
                out.clear();
                var reader = new FrameReader(LARGEST);
                assertTrue(feed(reader, stream, 0, first));
                assertTrue(feed(reader, stream, first, second));
                assertTrue(feed(reader, stream, second, stream.length));
                assertEquals(hex(sent), out, first + ", " + second);
                assertFalse(reader.isCut());
            }
        }
    }

    @Test
    void takesAStreamByteForByte() {
        var sent = datagrams(new SplittableRandom(2), LARGEST, 1, 300, LARGEST);
        var stream = stream(sent);
        var reader = new FrameReader(LARGEST);
        for (var i = 0; i < stream.length; i++) {
            assertTrue(feed(reader, stream, i, i + 1));
        }
        assertEquals(hex(sent), out);
    }

    @Test
    void refusesAnEmptyAndATooLargeDatagramWhereverItsLengthIsCut() {
        for (var length : List.of(0, LARGEST + 1, 0xffff)) {
            var bad = new byte[] {0, 1, 7, (byte) (length >> 8), (byte) (int) length, 1, 2, 3};
            for (var cut = 0; cut <= bad.length; cut++) {
                out.clear();
                var reader = new FrameReader(LARGEST);
                var fine = feed(reader, bad, 0, cut) && feed(reader, bad, cut, bad.length);
                assertFalse(fine, length + " cut at " + cut);
                assertEquals(List.of("07"), out, "what came before it is good");
            }
        }
    }

    @Test
    void survivesAnythingAtAll() {
        for (var seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var reader = new FrameReader(1 + random.nextInt(300));
            var good = true;
            for (var reads = random.nextInt(12); reads > 0 && good; reads--) {
                var bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                for (var i = 0; i < bytes.length; i += 1 + random.nextInt(8)) {
                    bytes[i] = 0;
                }
                good = feed(reader, bytes, 0, bytes.length);
            }
            out.clear();
        }
    }

    @Test
    void keepsFollowingAnyStreamThatIsWellFormedHoweverItArrives() {
        for (var seed = 0; seed < 5_000; seed++) {
            var random = new SplittableRandom(seed);
            var lengths = random.ints(1 + random.nextInt(10), 1, 60).toArray();
            var sent = datagrams(random, lengths);
            var stream = stream(sent);
            out.clear();
            var reader = new FrameReader(60);
            for (var at = 0; at < stream.length; ) {
                var to = Math.min(stream.length, at + 1 + random.nextInt(40));
                assertTrue(feed(reader, stream, at, to));
                at = to;
            }
            assertEquals(hex(sent), out, "seed " + seed);
        }
    }
}
