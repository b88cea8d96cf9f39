package dev.parley.sfu.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A payload that a receiver can check byte by byte, because all of it follows from what its head says. It has the shape
 * of the codec around it, as far as an SFU looks.
 *
 * <pre>
 * VP8 descriptor (RFC 7741 4.2)                    VP8 frame header, in a frame's first packet (RFC 6386 9.1)
 *  0 1 2 3 4 5 6 7                                 key frame:   3 bytes with P = 0, 9d 01 2a, width, height
 * |X|R|N|S|R| PID |  X = 1, S in the first packet  other:       3 bytes with P = 1
 * |I|L|T|K|  RSV  |  I = 1
 * |M| PictureID   |  M = 1, 15 bits: the frame's number
 * |               |
 * then for both:   | content 4 | frame 4 | index 2 | count 2 | key 1 | size 2 | bytes drawn from all of these |
 * Opus: a TOC byte (RFC 6716 3.1) before it.
 * </pre>
 *
 * @param content whose it is
 * @param frame the frame's number, from 0
 * @param index the packet's number in its frame, from 0
 * @param count packets in the frame
 * @param key whether it is a key frame's
 * @param size bytes drawn
 */
record SyntheticPayload(boolean video, int content, int frame, int index, int count, boolean key, int size) {
    private static final int HEAD = 15;

    byte[] bytes() {
        var prefix = video ? vp8() : new byte[] {0x78};
        var out = ByteBuffer.allocate(prefix.length + HEAD + size);
        out.put(prefix).putInt(content).putInt(frame).putShort((short) index).putShort((short) count);
        out.put((byte) (key ? 1 : 0)).putShort((short) size);
        var body = new byte[size];
        new SplittableRandom((long) content << 32 ^ frame * 65_537L ^ index * 31L ^ count).nextBytes(body);
        return out.put(body).array();
    }

    private byte[] vp8() {
        var descriptor = new byte[] {
            (byte) (index == 0 ? 0x90 : 0x80), (byte) 0x80, (byte) (0x80 | frame >>> 8 & 0x7f), (byte) frame
        };
        if (index > 0) {
            return descriptor;
        }
        var header = key
                ? new byte[] {0x10, 0x02, 0x00, (byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0x00}
                : new byte[] {0x11, 0x02, 0x00};
        var both = Arrays.copyOf(descriptor, descriptor.length + header.length);
        System.arraycopy(header, 0, both, descriptor.length, header.length);
        return both;
    }

    /** What a payload claims to be, if every byte of it is right. */
    static Optional<SyntheticPayload> check(boolean video, byte[] payload) {
        if (payload.length < 5 + HEAD) {
            return Optional.empty();
        }
        int at = 1;
        if (video) {
            boolean first = (payload[0] & 0x10) != 0;
            at = !first ? 4 : (payload[4] & 1) == 0 ? 14 : 7;
        }
        if (payload.length < at + HEAD) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(payload, at, payload.length - at);
        var claimed = new SyntheticPayload(
                video, in.getInt(), in.getInt(), in.getShort(), in.getShort(), in.get() == 1, in.getShort() & 0xffff);
        return claimed.size == payload.length - at - HEAD && Arrays.equals(claimed.bytes(), payload)
                ? Optional.of(claimed)
                : Optional.empty();
    }
}
