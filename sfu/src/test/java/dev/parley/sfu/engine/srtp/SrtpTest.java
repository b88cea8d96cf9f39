package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.Drop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SrtpTest {
    private final SplittableRandom random = new SplittableRandom(5764);

    @ParameterizedTest
    @EnumSource
    void opensWhatTheOtherSideSealed(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        for (int size = 0; size < 1_400; size += 37) {
            var rtp = SrtpPair.rtp(0xcafebabe, size, SrtpPair.random(size, random));
            var datagram = pair.seal(rtp);
            assertEquals(rtp.length + profile.tagLength(), datagram.length);
            assertArrayEquals(rtp, pair.opened(datagram));
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksInPlaceInMemoryOutsideTheHeap(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocate(2048);
            var rtp = SrtpPair.rtp(1, 1, SrtpPair.random(1_000, random));
            MemorySegment.copy(rtp, 0, memory, ValueLayout.JAVA_BYTE, 100, rtp.length);
            int length = pair.sender.sealRtp(memory, 100, 12, 1_000, memory, 0, 0);
            assertEquals(rtp.length, pair.receiver.openRtp(memory, 100, length, memory, 100));
            assertArrayEquals(rtp, memory.asSlice(100, rtp.length).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sealsThePacketAgainThatItSealedAndNoOther(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        var first = SrtpPair.rtp(1, 65_535, SrtpPair.random(100, random));
        var never = SrtpPair.rtp(1, 65_534, SrtpPair.random(100, random));
        var next = SrtpPair.rtp(1, 0, SrtpPair.random(100, random));
        assertEquals(Drop.SRTP_REPLAY, Srtp.drop(pair.sealAgain(first, new byte[200])));
        var datagram = pair.seal(first);
        var atOnce = new byte[datagram.length];
        pair.sealAgain(first, atOnce);
        assertArrayEquals(datagram, atOnce);
        pair.seal(next);
        assertEquals(Drop.SRTP_REPLAY, Srtp.drop(pair.sealResult(first)));
        var again = new byte[first.length + profile.tagLength()];
        assertEquals(datagram.length, pair.sealAgain(first, again));
        assertArrayEquals(datagram, again);
        assertEquals(Drop.SRTP_REPLAY, Srtp.drop(pair.sealAgain(never, new byte[200])));
        for (int sequence = 1; sequence <= ReplayWindow.SIZE; sequence++) {
            pair.seal(SrtpPair.rtp(1, sequence, new byte[10]));
        }
        assertEquals(Drop.SRTP_REPLAY, Srtp.drop(pair.sealAgain(first, new byte[200])));
    }

    @ParameterizedTest
    @EnumSource
    void keepsExtensionsAndContributorsInTheClearAndSigned(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        var packet = new byte[200];
        random.nextBytes(packet);
        packet[0] = (byte) 0x92; // extension, 2 CSRCs
        packet[22] = 0;
        packet[23] = 3; // 3 words of extensions
        int headerLength = 12 + 8 + 4 + 12;
        var plain = packet.clone();
        var segment = MemorySegment.ofArray(packet);
        int length = pair.sender.sealRtp(segment, 0, headerLength, 0, MemorySegment.ofArray(plain), headerLength, 60);
        assertEquals(headerLength + 60 + profile.tagLength(), length);
        assertArrayEquals(Arrays.copyOf(plain, headerLength), Arrays.copyOf(packet, headerLength));
        var datagram = Arrays.copyOf(packet, length);
        datagram[30] ^= 1;
        assertEquals(Drop.SRTP_AUTHENTICATION, Srtp.drop(pair.open(datagram)));
        datagram[30] ^= 1;
        assertArrayEquals(Arrays.copyOf(plain, headerLength + 60), pair.opened(datagram));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAPacketWithAnyOneBitTurned(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        var datagram = pair.seal(SrtpPair.rtp(0xcafebabe, 7, SrtpPair.random(40, random)));
        for (int bit = 0; bit < 8 * datagram.length; bit++) {
            var forged = datagram.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(pair.open(forged) < 0, "bit " + bit);
        }
        assertTrue(pair.open(datagram) > 0, "forgeries must not have used up the index");
    }

    @ParameterizedTest
    @EnumSource
    void refusesRtcpWithAnyOneBitTurned(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        var datagram = pair.sealRtcp(rtcp(28));
        for (int bit = 0; bit < 8 * datagram.length; bit++) {
            var forged = datagram.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(pair.openRtcp(forged) < 0, "bit " + bit);
        }
        assertEquals(28, pair.openRtcp(datagram));
    }

    @ParameterizedTest
    @EnumSource
    void opensEachPacketOnce(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        var first = pair.seal(SrtpPair.rtp(1, 10, new byte[20]));
        assertEquals(32, pair.open(first));
        assertEquals(Drop.SRTP_REPLAY, Srtp.drop(pair.open(first)));
        var rtcp = pair.sealRtcp(rtcp(8));
        assertEquals(8, pair.openRtcp(rtcp));
        assertEquals(Drop.SRTP_REPLAY, Srtp.drop(pair.openRtcp(rtcp)));
    }

    @ParameterizedTest
    @EnumSource
    void followsTheSequenceThroughManyWrapsWithLossAndReordering(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        int sequence = 65_000;
        var late = new byte[0];
        for (int i = 0; i < 3_000; i++) {
            var datagram = pair.seal(SrtpPair.rtp(9, sequence & 0xffff, new byte[4]));
            assertTrue(datagram.length > 0);
            if (i % 10 == 3) {
                late = datagram;
            } else if (i % 10 != 5) {
                assertEquals(16, pair.open(datagram), "packet " + i);
            }
            if (i % 10 == 8) {
                assertEquals(16, pair.open(late), "late packet before " + i);
            }
            sequence += i % 7 == 0 ? 997 : 1;
        }
        assertTrue(sequence > 4 * 65_536);
    }

    @ParameterizedTest
    @EnumSource
    void neverSealsTheSameIndexTwice(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        for (int i = 0; i < 3_000; i++) {
            assertTrue(pair.sealResult(SrtpPair.rtp(5, 64_000 + i & 0xffff, new byte[] {(byte) i})) > 0);
        }
        for (int i = 0; i < 3_000; i++) {
            int again = pair.sealResult(SrtpPair.rtp(5, 64_000 + i & 0xffff, new byte[] {(byte) i}));
            assertEquals(Drop.SRTP_REPLAY, Srtp.drop(again));
        }
        assertTrue(pair.sealResult(SrtpPair.rtp(6, 64_000, new byte[1])) > 0, "another SSRC has its own indexes");
    }

    @ParameterizedTest
    @EnumSource
    void sealsWhatIsLateButWasNotSentYet(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        var second = pair.seal(SrtpPair.rtp(5, 2, new byte[8]));
        var first = pair.seal(SrtpPair.rtp(5, 1, new byte[8]));
        assertEquals(20, pair.open(second));
        assertEquals(20, pair.open(first));
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryShortLengthWithoutTouchingWhatLiesBehind(SrtpProfile profile) {
        var pair = new SrtpPair(profile, random);
        for (int length = 0; length <= 64; length++) {
            for (int first = 0; first < 256; first++) {
                var datagram = SrtpPair.random(length, random);
                if (length > 0) {
                    datagram[0] = (byte) first;
                }
                assertTrue(pair.open(datagram) < 0);
                assertTrue(pair.openRtcp(datagram) < 0);
            }
        }
    }

    @Test
    void keepsNoStateForWhatIsNotAuthentic() {
        var pair = new SrtpPair(SrtpProfile.AEAD_AES_128_GCM, random);
        for (int ssrc = 0; ssrc < 2_000; ssrc++) {
            assertTrue(pair.open(SrtpPair.rtp(ssrc, 1, SrtpPair.random(50, random))) < 0);
        }
        assertEquals(0, ((IndexingReceiver) pair.receiver).ssrcs());
    }

    @Test
    void boundsTheStateOfAnAuthenticPeerThatInventsStreams() {
        var pair = new SrtpPair(SrtpProfile.AEAD_AES_128_GCM, random);
        for (int ssrc = 0; ssrc < 2_000; ssrc++) {
            assertEquals(13, pair.open(pair.seal(SrtpPair.rtp(ssrc, 1, new byte[1]))));
        }
        assertEquals(IndexingReceiver.MAX_SSRCS, ((IndexingReceiver) pair.receiver).ssrcs());
    }

    @Test
    void refusesWhatDoesNotFit() {
        var pair = new SrtpPair(SrtpProfile.AEAD_AES_128_GCM, random);
        var rtp = SrtpPair.rtp(1, 1, new byte[2040]);
        assertEquals(Drop.TOO_LARGE, Srtp.drop(pair.sealResult(rtp)));
        assertEquals(Drop.TOO_LARGE, Srtp.drop(pair.open(Arrays.copyOf(rtp, 2_049))));
        assertEquals(Drop.TOO_LARGE, Srtp.drop(pair.sender.sealRtcp(MemorySegment.ofArray(new byte[4_000]), 0, 2_040)));
    }

    @Test
    void refusesToSealAHeaderThatSaysAnotherLength() {
        var pair = new SrtpPair(SrtpProfile.AEAD_AES_128_GCM, random);
        var rtp = SrtpPair.rtp(1, 1, new byte[40]);
        rtp[0] = (byte) 0x81;
        assertEquals(Drop.RTP_MALFORMED, Srtp.drop(pair.sealResult(rtp)));
    }

    @Test
    void refusesKeysOfAnotherLengthAndShowsNone() {
        var keys = SrtpPair.randomKeys(SrtpProfile.AEAD_AES_256_GCM, random);
        assertEquals("SrtpKeys[AEAD_AES_256_GCM]", keys.toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, keys.localKey(), keys.localSalt(), keys.remoteKey(),
                        keys.remoteSalt()));
    }

    @Test
    void directionsDoNotMix() {
        var pair = new SrtpPair(SrtpProfile.AES_CM_128_HMAC_SHA1_80, random);
        var datagram = pair.seal(SrtpPair.rtp(1, 1, new byte[40]));
        var wrong = Srtp.receiver(pair.keys);
        int result = wrong.openRtp(
                MemorySegment.ofArray(datagram), 0, datagram.length, MemorySegment.ofArray(new byte[100]), 0);
        assertEquals(Drop.SRTP_AUTHENTICATION, Srtp.drop(result));
        assertFalse(Arrays.equals(datagram, pair.seal(SrtpPair.rtp(1, 2, new byte[40]))));
    }

    private byte[] rtcp(int length) {
        var packet = SrtpPair.random(length, random);
        packet[0] = (byte) 0x80;
        packet[1] = (byte) 200;
        return packet;
    }
}
