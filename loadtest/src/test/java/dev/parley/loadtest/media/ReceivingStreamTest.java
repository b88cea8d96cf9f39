package dev.parley.loadtest.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import dev.parley.sfu.wire.rtp.RtpPacket;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The verifier must not be content with what a faulty server might send. */
class ReceivingStreamTest {
    private static final long PATIENCE = 1_000_000_000;
    private static final int LENGTH = 200;
    private static final int FIRST = 65_530;
    private static final Stream VIDEO = new Stream(3, 1, true, 1_000, 96, 1_001, 97, RtpExtensionIds.NONE);
    private static final Stream AUDIO = new Stream(3, 0, false, 2_000, 111, 0, 0, RtpExtensionIds.NONE);

    private final MemorySegment memory = Arena.ofAuto().allocate(2_048);
    private final Payload payload = new Payload(7);
    private final RtpPacket header = new RtpPacket();
    private long now = 1_000_000_000L;

    private void come(ReceivingStream receiving, int number) {
        come(receiving, receiving.stream(), number, FIRST + number, false);
    }

    private void come(ReceivingStream receiving, Stream content, int number, int sequence, boolean rtx) {
        now += 1_000_000;
        var writer = new RtpWriter();
        writer.begin(memory, 0, 96, false, sequence, 90L * number, receiving.stream().ssrc());
        int start = writer.finish();
        payload.sender = content.sender();
        payload.stream = content.stream();
        payload.number = number;
        payload.frame = number / 4;
        payload.index = number % 4;
        payload.count = 4;
        payload.key = number < 4;
        payload.time = now - 500_000;
        payload.write(content.video(), memory, start, LENGTH);
        assertTrue(header.wrap(memory, 0, start + LENGTH));
        receiving.packet(now, header, rtx, sequence & 0xffff, payload, memory, start, LENGTH);
    }

    private static ReceivingStream video() {
        return new ReceivingStream(VIDEO, true, 0, PATIENCE);
    }

    @Test
    void isContentWithAWholeStream() {
        var receiving = video();
        for (int i = 0; i < 100; i++) {
            come(receiving, i);
        }
        var result = receiving.result();
        assertEquals(100, result.delivered());
        assertEquals(99, result.lastNumber());
        assertEquals(0, result.lostAtFirst() + result.lost() + result.damaged() + result.strangers()
                + result.duplicates() + result.misplaced());
    }

    @Test
    void asksForWhatIsMissingAndCountsTheRepair() {
        var receiving = video();
        come(receiving, 0);
        come(receiving, 1);
        come(receiving, 4);
        var numbers = new long[10];
        assertEquals(2, receiving.missing(now, numbers, 10));
        assertArrayEquals(new long[] {FIRST + 2, FIRST + 3}, Arrays.copyOf(numbers, 2));
        come(receiving, VIDEO, 2, FIRST + 2, true);
        come(receiving, VIDEO, 3, FIRST + 3, true);
        var result = receiving.result();
        assertEquals(5, result.delivered());
        assertEquals(2, result.lostAtFirst());
        assertEquals(2, result.repaired());
        assertEquals(0, result.lost());
    }

    @Test
    void missesTheBeginningOfTheFirstKeyFrame() {
        var receiving = video();
        come(receiving, 2);
        var numbers = new long[10];
        assertEquals(2, receiving.missing(now, numbers, 10));
        come(receiving, VIDEO, 0, FIRST, true);
        come(receiving, VIDEO, 1, FIRST + 1, true);
        assertEquals(3, receiving.result().delivered());
    }

    @Test
    void countsAMissingPacketThatNobodyRepairs() {
        var receiving = video();
        come(receiving, 0);
        come(receiving, 2);
        now += PATIENCE;
        assertTrue(receiving.giveUp(now), "a decoder would want a key frame now");
        assertEquals(1, receiving.result().lost());
        assertEquals(1, receiving.result().gaps());
    }

    @Test
    void noticesASwappedPayload() {
        var receiving = new ReceivingStream(AUDIO, true, 0, PATIENCE);
        var neighbour = new Stream(4, 0, false, 2_000, 111, 0, 0, RtpExtensionIds.NONE);
        come(receiving, 0);
        come(receiving, neighbour, 1, FIRST + 1, false);
        come(receiving, 2);
        assertEquals(1, receiving.result().strangers());
    }

    @Test
    void noticesTheCameraInPlaceOfTheMicrophone() {
        var receiving = new ReceivingStream(AUDIO, true, 0, PATIENCE);
        come(receiving, new Stream(3, 1, false, 2_000, 111, 0, 0, RtpExtensionIds.NONE), 0, FIRST, false);
        assertEquals(1, receiving.result().strangers());
    }

    @Test
    void noticesAPacketThatComesTwice() {
        var receiving = video();
        come(receiving, 0);
        come(receiving, 1);
        come(receiving, 1);
        assertEquals(1, receiving.result().duplicates());
        come(receiving, VIDEO, 1, FIRST + 1, true);
        assertEquals(1, receiving.result().duplicates(), "what is sent again too often is needless, and no fault");
        assertEquals(1, receiving.result().needless());
    }

    @Test
    void noticesDamage() {
        var receiving = video();
        come(receiving, 0);
        memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 100, (byte) ~memory.get(
                java.lang.foreign.ValueLayout.JAVA_BYTE, 100));
        receiving.packet(now, header, false, FIRST + 1 & 0xffff, payload, memory, 12, LENGTH);
        assertEquals(1, receiving.result().damaged());
    }

    @Test
    void doesNotBlameTheServerForPacketsThatOvertakeEachOther() {
        var receiving = video();
        come(receiving, 0);
        come(receiving, 2);
        come(receiving, 1);
        assertEquals(0, receiving.result().lostAtFirst());
        assertEquals(3, receiving.result().delivered());
    }
}
