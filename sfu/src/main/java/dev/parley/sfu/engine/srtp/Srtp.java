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

    /**
     * Opens what the other side seals with its {@code localKey}, which is {@code remoteKey} here; on the JDK's ciphers.
     */
    public static SrtpReceiver receiver(SrtpKeys keys) {
        return SrtpProvider.JAVA.receiver(keys);
    }

    /** Seals with {@code localKey}; on the JDK's ciphers. */
    public static SrtpSender sender(SrtpKeys keys) {
        return SrtpProvider.JAVA.sender(keys);
    }

    /** The reason in a negative answer of {@link SrtpReceiver} or {@link SrtpSender}. */
    public static Drop drop(int result) {
        return DROPS[-result - 1];
    }

    static int refuse(Drop reason) {
        return -(reason.ordinal() + 1);
    }
}
