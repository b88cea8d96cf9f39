package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class FrameRingTest {
    /** Takes so many bytes at a time as it is told. */
    private static final class Narrow implements WritableByteChannel {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int room;

        @Override
        public int write(ByteBuffer from) {
            int length = Math.min(room, from.remaining());
            room -= length;
            for (int i = 0; i < length; i++) {
                taken.write(from.get());
            }
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private final FrameRing ring = new FrameRing();

    private boolean offer(byte[] datagram, int limit) {
        return ring.offer(MemorySegment.ofArray(datagram), 0, datagram.length, limit);
    }

    @Test
    void givesEachByteOnceInOrderHoweverFewTheSocketTakes() throws IOException {
        var random = new SplittableRandom(1);
        var expected = new ByteArrayOutputStream();
        var channel = new Narrow();
        for (int i = 0; i < 20_000; i++) {
            var datagram = new byte[1 + random.nextInt(1_500)];
            random.nextBytes(datagram);
            if (offer(datagram, FrameRing.CAPACITY)) {
                expected.write(datagram.length >> 8);
                expected.write(datagram.length);
                expected.write(datagram);
            }
            channel.room = random.nextInt(2_000);
            ring.drainTo(channel);
        }
        channel.room = FrameRing.CAPACITY;
        ring.drainTo(channel);
        assertEquals(0, ring.waiting());
        assertTrue(expected.size() > 20 * FrameRing.CAPACITY, "it went round often");
        assertArrayEquals(expected.toByteArray(), channel.taken.toByteArray());
    }

    @Test
    void keepsRoomForOthersThanVideoAndNeverOverflows() throws IOException {
        var packet = new byte[1_200];
        int video = 0;
        while (offer(packet, FrameRing.VIDEO)) {
            video++;
        }
        assertTrue(ring.waiting() <= FrameRing.VIDEO);
        assertEquals(FrameRing.VIDEO / 1_202, video);
        int others = 0;
        while (offer(packet, FrameRing.CAPACITY)) {
            others++;
        }
        assertTrue(others >= 26, others + " others");
        assertTrue(ring.waiting() <= FrameRing.CAPACITY);
        assertFalse(offer(packet, FrameRing.VIDEO));
        var channel = new Narrow();
        channel.room = FrameRing.CAPACITY;
        ring.drainTo(channel);
        assertTrue(offer(packet, FrameRing.VIDEO));
    }

    @Test
    void carriesFromOneThreadToAnother() throws Exception {
        int datagrams = 200_000;
        var failure = new AtomicReference<Throwable>();
        var writer = Thread.ofPlatform().start(() -> {
            var datagram = new byte[64];
            for (int i = 0; i < datagrams; ) {
                datagram[0] = (byte) i;
                if (offer(datagram, FrameRing.CAPACITY)) {
                    i++;
                } else {
                    Thread.onSpinWait();
                }
            }
        });
        var sink = new WritableByteChannel() {
            private long at;
            private int seen;

            @Override
            public int write(ByteBuffer from) {
                int length = from.remaining();
                for (; from.hasRemaining(); at++) {
                    byte value = from.get();
                    if (at % 66 == 2 && value != (byte) seen++) {
                        failure.compareAndSet(null, new AssertionError("datagram " + (seen - 1) + " is another"));
                    }
                }
                return length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (sink.seen < datagrams && System.nanoTime() < deadline) {
            ring.drainTo(sink);
        }
        writer.join(1_000);
        assertEquals(datagrams, sink.seen);
        assertEquals(null, failure.get());
    }
}
