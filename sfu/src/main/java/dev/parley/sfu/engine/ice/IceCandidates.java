package dev.parley.sfu.engine.ice;

/**
 * The priorities of our host candidates, equal to mediasoup's.
 *
 * <p>RFC 8445, 5.1.2.1: priority = 2^24 · type preference + 2^8 · local preference + (256 − component). mediasoup takes
 * 64 as type preference, component 1, and a local preference that starts at 10000 and falls by 100 with each listening
 * address. With UDP and TCP on each announced address that gives
 *
 * <pre>
 *   first address, udp   64·2^24 + 10000·256 + 255 = 1076302079
 *   first address, tcp   64·2^24 +  9900·256 + 255 = 1076276479
 *   second address, udp  64·2^24 +  9800·256 + 255 = 1076250879   and so on
 * </pre>
 */
public final class IceCandidates {
    /** The foundation of all UDP host candidates, as mediasoup names it. */
    public static final String UDP_FOUNDATION = "udpcandidate";

    /** The foundation of all TCP host candidates, as mediasoup names it. */
    public static final String TCP_FOUNDATION = "tcpcandidate";

    private static final long TYPE_PREFERENCE = 64;
    private static final int FIRST_LOCAL_PREFERENCE = 10_000;
    private static final int STEP = 100;
    private static final int COMPONENT = 1;

    private IceCandidates() {}

    /**
     * The priority of the UDP candidate at an announced address.
     *
     * @param index the position of the address among those announced, 0–49
     */
    public static long udpPriority(int index) {
        return priority(index, 0);
    }

    /**
     * The priority of the TCP candidate at an announced address.
     *
     * @param index the position of the address among those announced, 0–49
     */
    public static long tcpPriority(int index) {
        return priority(index, STEP);
    }

    private static long priority(int index, int decrement) {
        if (index < 0 || index > 49) {
            throw new IllegalArgumentException("an announced address has an index of 0–49, not " + index);
        }
        long localPreference = FIRST_LOCAL_PREFERENCE - 2L * STEP * index - decrement;
        return (TYPE_PREFERENCE << 24) + (localPreference << 8) + (256 - COMPONENT);
    }
}
