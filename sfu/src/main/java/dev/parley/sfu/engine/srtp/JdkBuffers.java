package dev.parley.sfu.engine.srtp;

/**
 * The arrays that a packet goes through on its way into the JDK's ciphers and out, which take no memory off the heap
 * without copying it once more. They are shared by all ciphers of a thread: each with arrays of its own, those of a
 * hundred subscribers would push each other out of the processor's cache. Nothing in them outlives a call.
 */
final class JdkBuffers {
    private static final ThreadLocal<JdkBuffers> OF_THREAD = ThreadLocal.withInitial(JdkBuffers::new);

    /** What is signed but not encrypted: at most a whole packet and the word with its index. */
    final byte[] associated = new byte[Srtp.MAX_PACKET + 4];

    final byte[] input = new byte[Srtp.MAX_PACKET + Srtp.RTCP_OVERHEAD];
    final byte[] output = new byte[Srtp.MAX_PACKET + Srtp.RTCP_OVERHEAD];

    private JdkBuffers() {}

    /** Those of the calling thread. */
    static JdkBuffers ofThread() {
        return OF_THREAD.get();
    }
}
