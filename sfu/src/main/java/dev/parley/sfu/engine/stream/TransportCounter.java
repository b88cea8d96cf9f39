package dev.parley.sfu.engine.stream;

/** Numbers the packets that leave through one transport (the transport-wide sequence number). Single-threaded. */
public final class TransportCounter {
    private int next;

    /** The next number, 0–65535. */
    public int next() {
        int number = next;
        next = next + 1 & 0xffff;
        return number;
    }
}
