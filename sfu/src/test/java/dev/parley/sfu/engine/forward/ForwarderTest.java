package dev.parley.sfu.engine.forward;

import static dev.parley.sfu.engine.stream.Media.MS;
import static dev.parley.sfu.engine.stream.Media.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.stream.Media;
import dev.parley.sfu.engine.stream.PacketRing;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.engine.stream.RtpSource;
import dev.parley.sfu.engine.stream.SendStreamConfig;
import dev.parley.sfu.engine.stream.TransportCounter;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.Segments;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    private final RecvStream stream = Media.receiver(Media.video());
    private final MemorySegment out = MemorySegment.ofArray(new byte[2048]);
    private final RtpPacket packet = new RtpPacket();
    private Forwarder forwarder = forwarder(Media.sendVideo(true, 65_534));

    private Forwarder forwarder(SendStreamConfig config) {
        return new Forwarder(config, stream.ring(), stream.clock(), new TransportCounter());
    }

    /**
     * Sends one packet as the lane does, with a cipher that only copies.
     *
     * @return the datagram, empty when there is none
     */
    private byte[] next(long now) {
        int header = forwarder.next(now, out, 7);
        if (header == 0) {
            return new byte[0];
        }
        int length = header + forwarder.prefixLength() + forwarder.payloadLength();
        MemorySegment.copy(
                forwarder.payload(), forwarder.payloadOffset(), out, 7 + header + forwarder.prefixLength(),
                forwarder.payloadLength());
        assertTrue(forwarder.confirm(now));
        assertTrue(packet.wrap(out, 7, length));
        return out.asSlice(7, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private List<Integer> sequences(long now) {
        var numbers = new ArrayList<Integer>();
        while (next(now).length > 0) {
            numbers.add(packet.sequenceNumber());
        }
        return numbers;
    }

    @Test
    void sendsNothingBeforeResumeAndBeginsVideoAtAKeyFrame() {
        packet(stream, 0, 1, 0, true);
        assertEquals(List.of(), sequences(0));
        forwarder.resume();
        packet(stream, 0, 2, 0, false);
        assertEquals(List.of(), sequences(0));
        assertTrue(forwarder.isAwaitingKeyFrame());
        packet(stream, 0, 3, 3000, true);
        packet(stream, 0, 4, 3000, false);
        assertEquals(List.of(65_534, 65_535), sequences(0));
        assertFalse(forwarder.isAwaitingKeyFrame());
        packet(stream, 0, 5, 6000, false);
        assertEquals(List.of(0), sequences(0));
        assertEquals(6000, packet.timestamp());
    }

    @Test
    void continuesNumbersAndTimeOverAPause() {
        forwarder.resume();
        for (int i = 0; i < 10; i++) {
            packet(stream, i * 33 * MS, i, i * 3000L, i == 0);
        }
        assertEquals(10, sequences(400 * MS).size());
        forwarder.pause();
        for (int i = 10; i < 100; i++) {
            packet(stream, i * 33 * MS, i, i * 3000L, i == 50);
        }
        assertEquals(List.of(), sequences(3400 * MS));
        forwarder.resume();
        packet(stream, 3300 * MS, 100, 300_000, true);
        assertEquals(List.of(8), sequences(3400 * MS));
        assertEquals(300_000, packet.timestamp(), "the source's clock ran on: nothing to correct");
    }

    @Test
    void catchesUpFromAKeyFrameThatCameAMomentBeforeItResumed() {
        forwarder.resume();
        packet(stream, 0, 1, 0, true);
        assertEquals(List.of(65_534), sequences(0));
        forwarder.pause();
        packet(stream, 1000 * MS, 30, 90_000, false);
        packet(stream, 1033 * MS, 31, 93_000, true);
        packet(stream, 1033 * MS, 32, 93_000, false);
        packet(stream, 1066 * MS, 33, 96_000, false);
        assertTrue(forwarder.resumeAtRecentKeyFrame(1500 * MS));
        assertEquals(List.of(65_535, 0, 1), sequences(1500 * MS));
        assertEquals(96_000, packet.timestamp());
        packet(stream, 1500 * MS, 34, 135_000, false);
        assertEquals(List.of(2), sequences(1500 * MS));
    }

    @Test
    void doesNotGoBackToAKeyFrameThatIsOldOrWasSent() {
        forwarder.resume();
        packet(stream, 0, 1, 0, true);
        sequences(0);
        forwarder.pause();
        assertFalse(forwarder.resumeAtRecentKeyFrame(100 * MS), "it was sent");
        forwarder.pause();
        packet(stream, 200 * MS, 7, 18_000, true);
        packet(stream, 600 * MS, 8, 54_000, false);
        assertFalse(forwarder.resumeAtRecentKeyFrame(701 * MS), "it is old");
        assertTrue(forwarder.isAwaitingKeyFrame());
        assertEquals(List.of(), sequences(701 * MS));
    }

    @Test
    void letsTimeRunOnWhenTheSourceStartsAnew() {
        forwarder.resume();
        packet(stream, 0, 1, 1_000_000, true);
        sequences(0);
        packet(stream, 2000 * MS, 40_000, 77, false);
        packet(stream, 2000 * MS, 40_001, 77, false);
        assertEquals(List.of(), sequences(2000 * MS));
        assertTrue(forwarder.pollKeyFrameWanted());
        assertFalse(forwarder.pollKeyFrameWanted());
        packet(stream, 2000 * MS, 40_002, 77, true);
        assertEquals(List.of(65_535), sequences(2000 * MS));
        assertEquals(1_000_000 + 180_000, packet.timestamp());
        packet(stream, 2033 * MS, 40_003, 3047, false);
        sequences(2000 * MS);
        assertEquals(1_000_000 + 180_000 + 2970, packet.timestamp());
    }

    @Test
    void showsTheSourcesGapsAndFillsThemWhenPacketsComeLate() {
        forwarder.resume();
        packet(stream, 0, 65_535, 0, true);
        packet(stream, 0, 65_538, 0, false);
        packet(stream, 0, 65_536, 0, false);
        Media.rtx(stream, 0, 1, 65_537, 0, false);
        assertEquals(List.of(65_534, 1, 65_535, 0), sequences(0));
        assertEquals(0, forwarder.prefixLength());
        assertEquals(Media.PT, packet.payloadType());
        assertEquals(65_537, Bytes.u32(out, 7 + packet.headerLength() + 2), "the repaired packet's payload");
    }

    @Test
    void leavesNoGapWherePaddingWas() {
        forwarder.resume();
        packet(stream, 0, 1, 0, true);
        packet(stream, 0, 2, 0, false, 0);
        packet(stream, 0, 3, 0, false, 0);
        packet(stream, 0, 4, 0, false);
        assertEquals(List.of(65_534, 65_535), sequences(0));
        packet(stream, 0, 6, 0, false);
        packet(stream, 0, 5, 0, false, 0);
        assertEquals(List.of(1, 0), sequences(0));
        assertEquals(0, packet.payloadLength(), "padding that came late fills its number");
    }

    @Test
    void sendsWhatCameBeforeALateKeyFrameButFollowsIt() {
        forwarder.resume();
        packet(stream, 0, 10, 0, false);
        packet(stream, 0, 12, 3000, false);
        packet(stream, 0, 13, 3000, false);
        assertEquals(List.of(), sequences(0));
        Media.rtx(stream, 0, 1, 11, 3000, true);
        assertEquals(List.of(65_534, 65_535, 0), sequences(0));
    }

    @Test
    void goesBackToAKeyFrameWhoseFirstPacketCameLastAndSendsAllOfIt() {
        packet(stream, 0, 12, 3000, false);
        packet(stream, 0, 13, 3000, false);
        Media.rtx(stream, 10 * MS, 1, 11, 3000, true);
        packet(stream, 33 * MS, 14, 6000, false);
        assertTrue(forwarder.resumeAtRecentKeyFrame(50 * MS));
        assertEquals(List.of(65_534, 65_535, 0, 1), sequences(50 * MS));
    }

    @Test
    void sendsAllOfAKeyFrameThatHadBegunWhenItResumedAndWhoseFirstPacketCameAfter() {
        packet(stream, 0, 10, 0, false);
        packet(stream, 0, 12, 3000, false);
        packet(stream, 0, 13, 3000, false);
        forwarder.resume();
        Media.rtx(stream, 10 * MS, 1, 11, 3000, true);
        assertEquals(List.of(65_534, 65_535, 0), sequences(10 * MS));
    }

    @Test
    void sendsNothingFromBeforeAPauseWhenItIsOver() {
        var source = Media.receiver(Media.audio());
        var audio = new Forwarder(Media.sendAudio(), source.ring(), source.clock(), new TransportCounter());
        forwarder.close();
        forwarder = audio;
        audio.resume();
        packet(source, 0, 1, 0, false);
        packet(source, 0, 3, 0, false);
        assertEquals(List.of(65_530, 65_532), sequences(0));
        audio.pause();
        packet(source, 0, 4, 0, false);
        audio.resume();
        packet(source, 0, 2, 0, false);
        packet(source, 0, 5, 0, false);
        assertEquals(List.of(65_533), sequences(0));
    }

    @Test
    void growsAPacketByNoMoreThanItSays() {
        forwarder.resume();
        packet(stream, 0, 1, 0, true, 1400);
        int received = stream.packet().length();
        int sent = next(0).length;
        forwarder.stream().onNack(0, 65_534, 0);
        int sentAgain = next(0).length;
        assertTrue(sentAgain > sent && sentAgain <= received + Forwarder.MAX_GROWTH, sentAgain + " of " + received);
    }

    @Test
    void answersNacksOverRtx() {
        forwarder.resume();
        for (int i = 0; i < 4; i++) {
            packet(stream, 0, i, 3000, i == 0);
        }
        sequences(0);
        forwarder.stream().onNack(0, 65_535, 1);
        next(0);
        assertEquals(Media.RTX_SSRC, packet.ssrc());
        assertEquals(Media.RTX_PT, packet.payloadType());
        assertEquals(65_530, packet.sequenceNumber());
        assertEquals(3000, packet.timestamp());
        assertTrue(packet.marker());
        assertEquals(102, packet.payloadLength());
        assertEquals(65_535, Bytes.u16(out, 7 + packet.headerLength()));
        assertEquals(1, Bytes.u32(out, 7 + packet.headerLength() + 4));
        next(0);
        assertEquals(65_531, packet.sequenceNumber());
        assertEquals(0, Bytes.u16(out, 7 + packet.headerLength()));
        assertEquals(0, next(0).length);
        assertEquals(2, forwarder.stream().stats(0).retransmittedPackets());
    }

    @Test
    void sendsTheSameBytesAgainWithoutRtx() {
        forwarder.close();
        forwarder = forwarder(Media.sendVideo(false, 0));
        forwarder.resume();
        packet(stream, 0, 1, 0, true);
        packet(stream, 0, 2, 0, false);
        var first = next(0);
        next(0);
        forwarder.stream().onNack(300 * MS, 0, 0);
        // The nonce of an SRTP packet follows from its number: two different packets under one would break the cipher.
        assertTrue(Arrays.equals(first, next(300 * MS)));
    }

    @Test
    void rewritesHeaderExtensionsToTheConsumersIds() {
        var ids = RtpExtensionIds.NONE
                .with(RtpExtension.MID, 9)
                .with(RtpExtension.ABS_SEND_TIME, 8)
                .with(RtpExtension.TRANSPORT_CC, 7)
                .with(RtpExtension.VIDEO_ORIENTATION, 2);
        forwarder.close();
        forwarder = forwarder(new SendStreamConfig(
                5, 33, OptionalLong.empty(), OptionalInt.empty(), 90_000, "c", Optional.of("mid"), ids, true, true,
                0, 0));
        forwarder.resume();
        packet(stream, 0, 1, 0, true);
        packet(stream, 0, 2, 0, true);
        next(65_500 * MS);
        next(65_500 * MS);
        assertEquals(5, packet.ssrc());
        assertEquals(33, packet.payloadType());
        var mid = out.asSlice(7 + packet.extensionOffset(9), 3).toArray(ValueLayout.JAVA_BYTE);
        assertEquals("mid", new String(mid, StandardCharsets.US_ASCII));
        assertEquals(3 << 17, Bytes.u24(out, 7 + packet.extensionOffset(8)), "1.5 s after 64 s");
        assertEquals(1, Bytes.u16(out, 7 + packet.extensionOffset(7)), "the transport's second packet");
        assertEquals(3, Bytes.u8(out, 7 + packet.extensionOffset(2)));
        assertEquals(1, packet.extensionLength(2));
    }

    @Test
    void copiesAnExtensionThatNeedsTheTwoByteForm() {
        var descriptor = "c0000180" + "ab".repeat(30);
        var bytes = Segments.hex("90 60 0001 00000000 11111111 1000 000a 04 01 03 06 22" + descriptor + "00 90800010");
        forwarder.resume();
        long at = stream.ring().claim();
        MemorySegment.copy(bytes, 0, stream.ring().memory(), at, bytes.byteSize());
        Media.packet(stream, 0, 0, 0, true);
        at = stream.ring().claim();
        MemorySegment.copy(bytes, 0, stream.ring().memory(), at, bytes.byteSize());
        assertTrue(stream.receive(0, (int) bytes.byteSize()) > 0);
        next(0);
        next(0);
        assertEquals(34, packet.extensionLength(6));
        assertEquals(3, Bytes.u8(out, 7 + packet.extensionOffset(4)));
        assertEquals(1, packet.extensionLength(1));
        assertEquals(descriptor, java.util.HexFormat.of().formatHex(
                out.asSlice(7 + packet.extensionOffset(6), 34).toArray(ValueLayout.JAVA_BYTE)));
    }

    @Test
    void carriesTheAudioLevel() {
        var source = new RtpSource(PacketRing.AUDIO_CAPACITY, 3);
        var audio = new Forwarder(Media.sendAudio(), source.ring(), source.clock(), new TransportCounter());
        audio.resume();
        source.add(0, 960, true, false, 0x85, MemorySegment.ofArray(new byte[] {1, 2, 3}), 0, 3);
        int header = audio.next(0, out, 0);
        assertTrue(packet.wrap(out, 0, header));
        assertEquals(0x85, Bytes.u8(out, packet.extensionOffset(5)));
        assertEquals(65_530, packet.sequenceNumber());
        assertTrue(packet.marker());
    }

    @Test
    void skipsAheadWhenItWasLapped() {
        forwarder.resume();
        packet(stream, 0, 0, 0, true);
        assertEquals(1, sequences(0).size());
        for (int i = 1; i < 3000; i++) {
            packet(stream, 0, i, 0, false);
        }
        var rest = sequences(0);
        assertEquals(513, rest.size());
        assertEquals(65_534 + 2999 & 0xffff, rest.getLast());
        assertEquals(2486, forwarder.lapped());
        assertTrue(forwarder.pollKeyFrameWanted());
    }

    @Test
    void refusesAPacketThatWasOverwrittenWhileItWasCopied() {
        forwarder.resume();
        packet(stream, 0, 0, 0, true);
        assertTrue(forwarder.next(0, out, 0) > 0);
        for (int i = 1; i <= 1024; i++) {
            packet(stream, 0, i, 0, false);
        }
        assertFalse(forwarder.confirm(0));
        assertEquals(0, forwarder.stream().stats(0).packets());
    }

    @Test
    void keepsTheRingUntilItIsClosed() {
        packet(stream, 0, 0, 0, true);
        var memory = stream.ring().memory();
        stream.close();
        assertTrue(memory.scope().isAlive());
        forwarder.close();
        assertFalse(memory.scope().isAlive());
        assertThrows(IllegalStateException.class, () -> forwarder(Media.sendAudio()));
    }
}
