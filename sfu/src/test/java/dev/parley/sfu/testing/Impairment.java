package dev.parley.sfu.testing;

/**
 * What a {@link VirtualNetwork} does to datagrams.
 *
 * @param loss share that never arrives, 0–1
 * @param duplication share that arrives twice, each copy with a delay of its own
 * @param delayNanos the least time on the way
 * @param jitterNanos up to this much more, drawn anew for each datagram: above the time between datagrams, it reorders
 *     them
 */
public record Impairment(double loss, double duplication, long delayNanos, long jitterNanos) {
    /** 10 ms, nothing lost, in order. */
    public static final Impairment CLEAN = new Impairment(0, 0, 10_000_000, 0);

    /** Bad Wi-Fi: 5 % lost, 1 % twice, 20–35 ms, out of order. */
    public static final Impairment LOSSY = new Impairment(0.05, 0.01, 20_000_000, 15_000_000);
}
