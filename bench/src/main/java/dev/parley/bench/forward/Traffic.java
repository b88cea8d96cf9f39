package dev.parley.bench.forward;

import java.util.List;

/**
 * One load.
 *
 * @param video frames of ten packets of 1100 bytes, or audio packets of 120 bytes one at a time
 * @param fanOut how many subscribers get each packet
 * @param packetsPerSecond how many packets go out each second, to all subscribers together
 */
record Traffic(boolean video, int fanOut, int packetsPerSecond) {
    /** The fan-outs that are measured. */
    static final List<Integer> FAN_OUTS = List.of(2, 10, 50, 200);
    /**
     * A core that sleeps most of the time, so that what it needs has often left its caches, and one that is about half busy with the
     * ordinary C program.
     */
    static final List<Integer> RATES = List.of(24_000, 100_000);

    static Traffic audio(int fanOut, int packetsPerSecond) {
        return new Traffic(false, fanOut, packetsPerSecond);
    }

    /** What the results call it. */
    String name() {
        return (video ? "video" : "audio") + " 1→" + fanOut + " " + packetsPerSecond / 1_000 + "k/s";
    }

    /** The same load, so many packets a second. */
    Traffic at(int otherPacketsPerSecond) {
        return new Traffic(video, fanOut, otherPacketsPerSecond);
    }

    /** Bytes of media in a packet. */
    int payload() {
        return video ? 1_100 : 120;
    }

    /** Packets that are sent at once. */
    int burst() {
        return video ? 10 : 1;
    }

    /** How long from one burst to the next. */
    long intervalNanos() {
        return 1_000_000_000L * burst() * fanOut / packetsPerSecond;
    }
}
