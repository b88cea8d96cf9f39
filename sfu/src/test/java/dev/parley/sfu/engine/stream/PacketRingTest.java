package dev.parley.sfu.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PacketRingTest {
    private static final int PAYLOAD = 1000;

    private static void add(RtpSource source, long value) {
        var payload = MemorySegment.ofArray(new byte[PAYLOAD]);
        for (int i = 0; i < PAYLOAD; i += 4) {
            Bytes.put32(payload, i, value);
        }
        source.add(value, value, false, false, -1, payload, 0, PAYLOAD);
    }

    @Test
    void takesNoMemoryBeforeTheFirstPacket() {
        var ring = new PacketRing(PacketRing.VIDEO_CAPACITY);
        assertEquals(0, ring.memory().byteSize());
        assertEquals(PacketRing.NONE, ring.published());
        assertEquals(PacketRing.NONE, ring.find(0));
        assertFalse(ring.isReadable(0));
        ring.claim();
        assertEquals(1024 * 1632, ring.memory().byteSize());
        ring.release();
    }

    @Test
    void givesUpAClaimWithoutATrace() {
        var source = new RtpSource(4, 0);
        add(source, 0);
        long at = source.ring().claim();
        assertEquals(at, source.ring().claim());
        add(source, 1);
        assertEquals(1, source.ring().published());
        assertEquals(1, source.ring().find(1));
        source.close();
    }

    @Test
    void knowsWhenAReaderWasLapped() {
        var source = new RtpSource(4, 0);
        for (int i = 0; i < 4; i++) {
            add(source, i);
        }
        var packet = new RingPacket();
        assertTrue(packet.load(source.ring(), 0));
        source.ring().claim();
        assertFalse(source.ring().isIntact(0), "claimed is as good as overwritten");
        assertFalse(packet.load(source.ring(), 0));
        assertEquals(PacketRing.NONE, source.ring().find(0));
        assertEquals(1, source.ring().oldest());
        assertTrue(packet.load(source.ring(), 1));
        source.close();
    }

    @Test
    void freesItsMemoryWithTheLastHolder() {
        var source = new RtpSource(4, 0);
        add(source, 0);
        var ring = source.ring();
        assertTrue(ring.retain());
        source.close();
        assertTrue(ring.memory().scope().isAlive());
        ring.release();
        assertFalse(ring.memory().scope().isAlive());
        assertFalse(ring.retain());
        assertThrows(IllegalStateException.class, () -> Bytes.u8(ring.memory(), 0));
    }

    @Test
    void neverShowsAnotherThreadATornPacket() throws Exception {
        var source = new RtpSource(16, 0);
        add(source, 0);
        var stop = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var readers = new ArrayList<Callable<Long>>();
            readers.add(() -> readUntil(stop, source.ring()));
            var first = threads.submit(readers.getFirst());
            var second = threads.submit(() -> readUntil(stop, source.ring()));
            for (int i = 1; i < 300_000; i++) {
                add(source, i);
            }
            stop.set(true);
            long intact = first.get(10, TimeUnit.SECONDS) + second.get(10, TimeUnit.SECONDS);
            assertTrue(intact > 100, "packets read: " + intact);
        }
        source.close();
    }

    private static long readUntil(AtomicBoolean stop, PacketRing ring) {
        var packet = new RingPacket();
        long intact = 0;
        for (long next = 0; !stop.get(); next++) {
            next = Math.max(next, ring.oldest());
            if (!packet.load(ring, Math.min(next, ring.published()))) {
                continue;
            }
            long first = Bytes.u32(ring.memory(), packet.payloadOffset());
            boolean same = true;
            for (int i = 0; i < PAYLOAD; i += 4) {
                same &= Bytes.u32(ring.memory(), packet.payloadOffset() + i) == first;
            }
            if (ring.isIntact(packet.position())) {
                assertTrue(same, "torn at " + packet.position());
                assertEquals(packet.position(), first);
                assertEquals(packet.sequence(), first);
                assertEquals(packet.timestamp(), first);
                intact++;
            }
        }
        return intact;
    }
}
