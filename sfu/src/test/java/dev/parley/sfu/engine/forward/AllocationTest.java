package dev.parley.sfu.engine.forward;

import static dev.parley.sfu.engine.stream.Media.MS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.sfu.engine.stream.Media;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.engine.stream.TransportCounter;
import dev.parley.sfu.engine.stream.TwccReceiver;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int PACKETS = 100_000;

    private final RecvStream stream = Media.receiver(Media.video());
    private final Forwarder forwarder = new Forwarder(
            Media.sendVideo(true, 65_000), stream.ring(), stream.clock(), new TransportCounter());
    private final TwccReceiver twcc = new TwccReceiver(1);
    private final RtpWriter writer = new RtpWriter();
    private final RtcpWriter rtcp = new RtcpWriter();
    private long sequence;
    private long sent;

    @Test
    void forwardsPacketsWithoutAllocating() {
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(2048);
            var feedback = arena.allocate(1200);
            forwarder.resume();
            run(PACKETS, out, feedback);
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long id = Thread.currentThread().threadId();
            long empty = -threads.getThreadAllocatedBytes(id) + threads.getThreadAllocatedBytes(id);
            long sentBefore = sent;
            long before = threads.getThreadAllocatedBytes(id);
            run(PACKETS, out, feedback);
            long allocated = threads.getThreadAllocatedBytes(id) - before - empty;
            assertTrue(sent - sentBefore >= PACKETS, "packets sent: " + (sent - sentBefore));
            assertTrue(forwarder.stream().stats(0).retransmittedPackets() > 0);
            assertTrue(stream.stats(0).nackCount() > 0);
            assertTrue(allocated < PACKETS / 10, allocated + " bytes for " + PACKETS + " packets");
        }
    }

    /**
     * Video with gaps, late packets, NACKs, retransmissions and transport feedback, through a cipher that does nothing.
     */
    private void run(int packets, MemorySegment out, MemorySegment feedback) {
        for (int i = 0; i < packets; i++) {
            long now = sequence * MS;
            // Every tenth pair comes in reverse order.
            receive(now, sequence % 20 == 18 ? sequence + 1 : sequence % 20 == 19 ? sequence - 1 : sequence);
            sequence++;
            if (i % 5 == 0) {
                forwarder.stream().onNack(now, (int) (65_000 + sequence - 6), 0);
            }
            for (int header = forwarder.next(now, out, 0); header > 0; header = forwarder.next(now, out, 0)) {
                sent += forwarder.confirm(now) ? 1 : 0;
            }
            rtcp.wrap(feedback, 0, 1200);
            if (stream.nextTimeout() <= now) {
                stream.timeout(now, rtcp);
            }
            twcc.timeout(now, rtcp);
        }
    }

    private void receive(long now, long number) {
        long at = stream.ring().claim();
        var memory = stream.ring().memory();
        writer.begin(memory, at, Media.PT, true, (int) number, number * 90, Media.SSRC);
        writer.beginExtensions(false);
        writer.extension8(4, 1);
        writer.extension16(3, (int) number);
        int header = writer.finish();
        Bytes.put8(memory, at + header, 0x10);
        Bytes.put8(memory, at + header + 1, number % 1000 == 0 ? 0x10 : 0x11);
        if (stream.receive(now, header + 1000) >= 0) {
            twcc.arrived(now, Bytes.u16(memory, at + stream.packet().extensionOffset(3)), Media.SSRC);
        }
    }
}
