package dev.parley.bench.forward;

import java.util.List;

/**
 * One load.
 *
 * @param name what the results call it
 * @param video frames of ten packets of 1100 bytes, or audio packets of 120 bytes one at a time
 * @param fanOut how many subscribers get each packet
 */
record Traffic(String name, boolean video, int fanOut) {
    /** The fan-outs that are measured. */
    static final List<Integer> FAN_OUTS = List.of(2, 10, 50, 200);

    static Traffic video(int fanOut) {
        return new Traffic("video 1→" + fanOut, true, fanOut);
    }

    static Traffic audio(int fanOut) {
        return new Traffic("audio 1→" + fanOut, false, fanOut);
    }

    /** Bytes of media in a packet. */
    int payload() {
        return video ? 1_100 : 120;
    }

    /** Packets that are sent at once. */
    int burst() {
        return video ? 10 : 1;
    }

    /** How long from one burst to the next, so that this many packets a second go out. */
    long intervalNanos(int packetsOutPerSecond) {
        return 1_000_000_000L * burst() * fanOut / packetsOutPerSecond;
    }
}
