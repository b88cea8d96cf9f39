package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A sender and the receiver that belongs to it, with arrays in and out. */
final class SrtpPair {
    final SrtpKeys keys;
    final SrtpSender sender;
    final SrtpReceiver receiver;

    SrtpPair(SrtpProfile profile, RandomGenerator random) {
        keys = randomKeys(profile, random);
        sender = Srtp.sender(keys);
        receiver = Srtp.receiver(keys.mirrored());
    }

    static SrtpKeys randomKeys(SrtpProfile profile, RandomGenerator random) {
        return new SrtpKeys(
                profile,
                random(profile.keyLength(), random),
                random(profile.saltLength(), random),
                random(profile.keyLength(), random),
                random(profile.saltLength(), random));
    }

    static byte[] random(int length, RandomGenerator random) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] rtp(int ssrc, int sequence, byte[] payload) {
        var packet = new byte[12 + payload.length];
        var segment = MemorySegment.ofArray(packet);
        Bytes.put16(segment, 0, 0x8060);
        Bytes.put16(segment, 2, sequence);
        Bytes.put32(segment, 4, 1_000);
        Bytes.put32(segment, 8, ssrc & 0xffff_ffffL);
        System.arraycopy(payload, 0, packet, 12, payload.length);
        return packet;
    }

    /** The datagram, or an array of length 0 if refused. */
    byte[] seal(byte[] rtp) {
        var out = Arrays.copyOf(rtp, rtp.length + Srtp.RTP_OVERHEAD);
        Arrays.fill(out, 12, out.length, (byte) 0);
        int length = sender.sealRtp(
                MemorySegment.ofArray(out), 0, 12, 0, MemorySegment.ofArray(rtp), 12, rtp.length - 12);
        return Arrays.copyOf(out, Math.max(0, length));
    }

    int sealResult(byte[] rtp) {
        var out = Arrays.copyOf(rtp, rtp.length + Srtp.RTP_OVERHEAD);
        return sender.sealRtp(MemorySegment.ofArray(out), 0, 12, 0, MemorySegment.ofArray(rtp), 12, rtp.length - 12);
    }

    /** Seals it once more, into an array that is long enough. */
    int sealAgain(byte[] rtp, byte[] out) {
        System.arraycopy(rtp, 0, out, 0, 12);
        return sender.sealRtpAgain(
                MemorySegment.ofArray(out), 0, 12, 0, MemorySegment.ofArray(rtp), 12, rtp.length - 12);
    }

    byte[] sealRtcp(byte[] rtcp) {
        var out = Arrays.copyOf(rtcp, rtcp.length + Srtp.RTCP_OVERHEAD);
        return Arrays.copyOf(out, sender.sealRtcp(MemorySegment.ofArray(out), 0, rtcp.length));
    }

    int open(byte[] datagram) {
        return receiver.openRtp(
                MemorySegment.ofArray(datagram), 0, datagram.length, MemorySegment.ofArray(new byte[2048]), 0);
    }

    byte[] opened(byte[] datagram) {
        var out = new byte[2048];
        int length = receiver.openRtp(
                MemorySegment.ofArray(datagram), 0, datagram.length, MemorySegment.ofArray(out), 0);
        return Arrays.copyOf(out, Math.max(0, length));
    }

    int openRtcp(byte[] datagram) {
        return receiver.openRtcp(
                MemorySegment.ofArray(datagram), 0, datagram.length, MemorySegment.ofArray(new byte[2048]), 0);
    }
}
