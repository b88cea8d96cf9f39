package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Source descriptions (RFC 3550, 6.5): chunks of an SSRC and items, each chunk padded with zeros to a word.
 *
 * <pre>
 * | SSRC (32) | type (8) | length (8) | text … | … | 0 |
 * </pre>
 */
public final class SourceDescription {
    static final int CNAME = 1;

    private SourceDescription() {}

    static boolean isValid(RtcpReader reader) {
        long at = reader.offset() + 4;
        for (int i = 0; i < reader.count() && at >= 0; i++) {
            at = chunkEnd(reader, at);
        }
        return at >= 0;
    }

    /** Where the chunk that begins at an offset ends; −1 when it runs over the packet's end. */
    private static long chunkEnd(RtcpReader reader, long start) {
        long end = reader.offset() + reader.length();
        long at = start + 4;
        while (at < end) {
            if (Bytes.u8(reader.segment(), at) == 0) {
                long padded = start + (at - start + 4 & ~3L);
                return padded <= end ? padded : -1;
            }
            if (at + 2 > end) {
                return -1;
            }
            at += 2 + Bytes.u8(reader.segment(), at + 1);
        }
        return -1;
    }

    /** The canonical name of a source; empty when the packet does not tell it. */
    public static Optional<String> cname(RtcpReader reader, long ssrc) {
        long at = reader.offset() + 4;
        for (int i = 0; i < reader.count(); i++) {
            if (Bytes.u32(reader.segment(), at) == ssrc) {
                return cnameInChunk(reader.segment(), at + 4);
            }
            at = chunkEnd(reader, at);
        }
        return Optional.empty();
    }

    private static Optional<String> cnameInChunk(MemorySegment segment, long start) {
        long at = start;
        while (Bytes.u8(segment, at) != 0) {
            int length = Bytes.u8(segment, at + 1);
            if (Bytes.u8(segment, at) == CNAME) {
                var text = segment.asSlice(at + 2, length).toArray(ValueLayout.JAVA_BYTE);
                return Optional.of(new String(text, StandardCharsets.UTF_8));
            }
            at += 2 + length;
        }
        return Optional.empty();
    }
}
