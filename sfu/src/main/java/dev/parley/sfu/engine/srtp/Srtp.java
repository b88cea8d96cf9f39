package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.engine.Drop;

/** Makes the two halves of a transport's SRTP context, and names the sizes that buffers must leave room for. */
public final class Srtp {
    /** The most that sealing adds to an RTP packet, in bytes. */
    public static final int RTP_OVERHEAD = 16;

    /** The most that sealing adds to a compound RTCP packet, in bytes: tag and E bit with index. */
    public static final int RTCP_OVERHEAD = 20;

    /** The largest packet that is opened or sealed, in bytes. */
    public static final int MAX_PACKET = 2048;

    private static final Drop[] DROPS = Drop.values();

    private Srtp() {}

    /** Opens what the other side seals with its {@code localKey}, which is {@code remoteKey} here. */
    public static SrtpReceiver receiver(SrtpKeys keys) {
        return new IndexingReceiver(cipher(keys.profile(), keys.remoteKey(), keys.remoteSalt()));
    }

    /** Seals with {@code localKey}. */
    public static SrtpSender sender(SrtpKeys keys) {
        return new IndexingSender(cipher(keys.profile(), keys.localKey(), keys.localSalt()));
    }

    private static PacketCipher cipher(SrtpProfile profile, byte[] key, byte[] salt) {
        var rtp = SessionKeys.rtp(profile, key, salt);
        var rtcp = SessionKeys.rtcp(profile, key, salt);
        return switch (profile) {
            case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new JdkGcm(rtp, rtcp);
            case AES_CM_128_HMAC_SHA1_80 -> new JdkCounterMode(rtp, rtcp);
        };
    }

    /** The reason in a negative answer of {@link SrtpReceiver} or {@link SrtpSender}. */
    public static Drop drop(int result) {
        return DROPS[-result - 1];
    }

    static int refuse(Drop reason) {
        return -(reason.ordinal() + 1);
    }
}
