package dev.parley.loadtest.media;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * Writes and checks payloads that say whose they are, and of which every byte follows from what they say. They have the
 * shape of the codec around them as far as an SFU looks. Nothing is allocated per packet.
 *
 * <pre>
 * Opus: a TOC byte (RFC 6716 3.1)
 * VP8:  descriptor (RFC 7741 4.2) with a picture number of 15 bits; in a frame's first packet a frame header
 *       (RFC 6386 9.1), of 10 bytes in a key frame and of 3 in others
 * then:  0 sender 4 | stream 2 | filler's length 2        checksum: over the 40 bytes before it
 *        8 number 4 | frame 4                             number:   of the packet in its stream, from 0
 *       16 index 2  | count 2 | key 1 | 0 3               index:    of the packet in its frame, from 0
 *       24 time 8                                         time:     when it was made, ns of the monotonic clock
 *       32 test 8                                         test:     the seed, so that no other test's packet passes
 *       40 checksum 8
 *       48 filler: a piece of a random block that sender, stream and number choose
 * </pre>
 *
 * One object is for one thread; {@link #read} leaves what it found in the fields.
 */
public final class Payload {
    /** Bytes before the filler, without what the codec needs. */
    public static final int HEAD = 48;
    /** The most that a codec needs in front: a VP8 descriptor and the header of a key frame. */
    public static final int MOST_CODEC_BYTES = 14;
    /** The shortest payload. */
    public static final int SHORTEST = HEAD + MOST_CODEC_BYTES;

    private static final int OPUS_TOC = 0x78;
    private static final int LONGEST_FILLER = 2_048;
    private static final int BLOCK = 1 << 15;
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
    private static final int VP8_DESCRIPTOR = 4;

    /** What is wrong with a payload. */
    public enum Flaw {
        /** Nothing. */
        NONE,
        /** Its bytes are not those that were sent. */
        DAMAGED,
        /** It is whole, and of another sender, stream or test than it should be. */
        WRONG_PERSON
    }

    private final long test;
    private final MemorySegment block;
    private final MemorySegment codec = Arena.ofAuto().allocate(MOST_CODEC_BYTES + 2);

    int sender;
    int stream;
    int number;
    int frame;
    int index;
    int count;
    boolean key;
    long time;
    int filler;

    /** Payloads of the test with this seed. */
    public Payload(long test) {
        this.test = test;
        var bytes = new byte[BLOCK + LONGEST_FILLER];
        new SplittableRandom(test).nextBytes(bytes);
        block = Arena.ofAuto().allocate(bytes.length, 64);
        MemorySegment.copy(bytes, 0, block, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    /** Writes a payload of a length from {@link #SHORTEST} that the fields describe. */
    void write(boolean video, MemorySegment out, long at, int length) {
        long head = at + (video ? writeVp8(out, at) : writeOpus(out, at));
        filler = (int) (at + length - head) - HEAD;
        Bytes.put32(out, head, sender);
        Bytes.put16(out, head + 4, stream);
        Bytes.put16(out, head + 6, filler);
        Bytes.put32(out, head + 8, number);
        Bytes.put32(out, head + 12, frame);
        Bytes.put16(out, head + 16, index);
        Bytes.put16(out, head + 18, count);
        Bytes.put32(out, head + 20, key ? 1L << 24 : 0);
        Bytes.put64(out, head + 24, time);
        Bytes.put64(out, head + 32, test);
        Bytes.put64(out, head + 40, checksum(out, head));
        MemorySegment.copy(block, blockOffset(), out, head + HEAD, filler);
    }

    private static int writeOpus(MemorySegment out, long at) {
        Bytes.put8(out, at, OPUS_TOC);
        return 1;
    }

    private int writeVp8(MemorySegment out, long at) {
        Bytes.put8(out, at, index == 0 ? 0x90 : 0x80);
        Bytes.put8(out, at + 1, 0x80);
        Bytes.put16(out, at + 2, 0x8000 | frame & 0x7fff);
        if (index > 0) {
            return VP8_DESCRIPTOR;
        }
        Bytes.put24(out, at + 4, key ? 0x10_02_00 : 0x11_02_00);
        if (!key) {
            return VP8_DESCRIPTOR + 3;
        }
        Bytes.put24(out, at + 7, 0x9d_01_2a);
        Bytes.put32(out, at + 10, 0x8002_e001L);
        return VP8_DESCRIPTOR + 10;
    }

    /** Reads a payload and checks every byte of it. Whatever it holds, nothing is thrown. */
    Flaw read(boolean video, MemorySegment in, long at, int length, int expectedSender, int expectedStream) {
        int before = !video ? 1 : length < 5 ? length : vp8Length(in, at);
        long head = at + before;
        int left = length - before - HEAD;
        if (left < 0 || Bytes.i64(in, head + 40) != checksum(in, head)) {
            return Flaw.DAMAGED;
        }
        sender = (int) Bytes.u32(in, head);
        stream = Bytes.u16(in, head + 4);
        filler = Bytes.u16(in, head + 6);
        number = (int) Bytes.u32(in, head + 8);
        frame = (int) Bytes.u32(in, head + 12);
        index = Bytes.u16(in, head + 16);
        count = Bytes.u16(in, head + 18);
        key = Bytes.u8(in, head + 20) == 1;
        time = Bytes.i64(in, head + 24);
        if (filler != left || left > LONGEST_FILLER || !sameFiller(in, head + HEAD)
                || !sameCodec(video, in, at, before)) {
            return Flaw.DAMAGED;
        }
        boolean own = sender == expectedSender && stream == expectedStream && Bytes.i64(in, head + 32) == test;
        return own ? Flaw.NONE : Flaw.WRONG_PERSON;
    }

    private static int vp8Length(MemorySegment in, long at) {
        boolean first = (Bytes.u8(in, at) & 0x10) != 0;
        return !first ? VP8_DESCRIPTOR : VP8_DESCRIPTOR + ((Bytes.u8(in, at + 4) & 1) == 0 ? 10 : 3);
    }

    /** What the codec's header says, and what the payload says, is the same frame. */
    private boolean sameCodec(boolean video, MemorySegment in, long at, int length) {
        int expected = video ? writeVp8(codec, 0) : writeOpus(codec, 0);
        return expected == length && MemorySegment.mismatch(in, at, at + length, codec, 0, length) < 0;
    }

    private boolean sameFiller(MemorySegment in, long at) {
        long from = blockOffset();
        return MemorySegment.mismatch(in, at, at + filler, block, from, from + filler) < 0;
    }

    private long blockOffset() {
        long mixed = (sender * 31L + stream) * GOLDEN + number * 0x632b_e59bL;
        return (mixed ^ mixed >>> 29) & BLOCK - 1;
    }

    private static long checksum(MemorySegment bytes, long head) {
        long sum = GOLDEN;
        for (int i = 0; i < 40; i += 8) {
            sum = (sum ^ Bytes.i64(bytes, head + i)) * GOLDEN;
            sum ^= sum >>> 31;
        }
        return sum;
    }
}
