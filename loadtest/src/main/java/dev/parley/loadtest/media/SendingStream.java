package dev.parley.loadtest.media;

import dev.parley.sfu.lane.Timers;
import java.util.SplittableRandom;

/**
 * Makes the packets of one stream when their time has come, and again when the server misses them: a packet's bytes
 * follow from a few numbers, which alone are kept. Belongs to a media thread.
 */
public final class SendingStream {
    private static final int HISTORY = 2_048;
    private static final long FIRST_FRAME_WITHIN = 40_000_000;

    private final Stream stream;
    private final Shape shape;
    private final MediaSender sender;
    private final SplittableRandom random;
    private final Timers timers;
    private final Timers.Timer timer = Timers.Timer.exact(this::due);

    private final int firstSequence;
    private final int[] frames = new int[HISTORY];
    private final int[] indices = new int[HISTORY];
    private final int[] counts = new int[HISTORY];
    private final int[] lengths = new int[HISTORY];
    private final boolean[] keys = new boolean[HISTORY];
    private final long[] times = new long[HISTORY];
    private final long[] timestamps = new long[HISTORY];

    private int number;
    private int frame = -1;
    private int index;
    private boolean keyWanted = true;
    private long next;
    private long timestamp;
    private int rtxSequence;
    private long packets;
    private long bytes;
    private long imitatedLosses;
    private boolean stopped;

    SendingStream(Stream stream, Shape shape, MediaSender sender, Timers timers, long seed) {
        this.stream = stream;
        this.shape = shape;
        this.sender = sender;
        this.timers = timers;
        random = new SplittableRandom(seed);
        // In the lower half, as senders should (RFC 3711 3.3.1): a receiver that misses the first packets takes the
        // first it sees for roll-over count 0.
        firstSequence = random.nextInt(1 << 15);
        rtxSequence = random.nextInt(1 << 15);
        timestamp = random.nextLong(1L << 32);
    }

    /** Sends from now on, beginning with a key frame. */
    void start(long now) {
        next = now + random.nextLong(FIRST_FRAME_WITHIN);
        timers.set(timer, next);
    }

    /** Sends no more. */
    void stop() {
        stopped = true;
        timers.set(timer, Timers.NEVER);
    }

    private void due(long now) {
        if (stopped) {
            return;
        }
        if (now - next > 1_000_000_000L) {
            // This machine slept: a burst of all that is late would be no load that anybody sends.
            next = now;
        }
        while (next <= now) {
            sendBurst();
            next += shape.nanos();
        }
        timers.set(timer, next);
    }

    private void sendBurst() {
        if (index == 0) {
            frame++;
            shape.next(random, keyWanted);
            keyWanted = false;
        }
        int end = Math.min(shape.packets(), index + shape.burst());
        while (index < end) {
            sendNew();
            index++;
        }
        if (index == shape.packets()) {
            index = 0;
            timestamp = timestamp + shape.frameNanos() * stream.clockRate() / 1_000_000_000L & 0xffff_ffffL;
        }
        sender.flush();
    }

    private void sendNew() {
        int slot = number & HISTORY - 1;
        frames[slot] = frame;
        indices[slot] = index;
        counts[slot] = shape.packets();
        lengths[slot] = shape.length(index);
        keys[slot] = shape.key();
        // Of this packet, not of the turn: those before it took their time.
        times[slot] = System.nanoTime();
        timestamps[slot] = timestamp;
        packets++;
        bytes += lengths[slot];
        if (!sender.send(this, number, false)) {
            imitatedLosses++;
        }
        number++;
    }

    /** The server misses a packet. @param sequence as it was on the wire */
    void resend(int sequence) {
        int back = firstSequence + number - 1 - sequence & 0xffff;
        int wanted = number - 1 - back;
        if (stream.hasRtx() && wanted >= 0 && back < HISTORY && !stopped) {
            sender.send(this, wanted, true);
            rtxSequence = rtxSequence + 1 & 0xffff;
        }
    }

    void wantKeyFrame() {
        keyWanted = true;
    }

    /** Describes a packet that is still known. */
    void describe(int wanted, Payload payload) {
        int slot = wanted & HISTORY - 1;
        payload.sender = stream.sender();
        payload.stream = stream.stream();
        payload.number = wanted;
        payload.frame = frames[slot];
        payload.index = indices[slot];
        payload.count = counts[slot];
        payload.key = keys[slot];
        payload.time = times[slot];
    }

    int length(int wanted) {
        return lengths[wanted & HISTORY - 1];
    }

    boolean marker(int wanted) {
        int slot = wanted & HISTORY - 1;
        return stream.video() && indices[slot] == counts[slot] - 1;
    }

    long timestamp(int wanted) {
        return timestamps[wanted & HISTORY - 1];
    }

    int sequence(int wanted) {
        return firstSequence + wanted & 0xffff;
    }

    int rtxSequence() {
        return rtxSequence;
    }

    /** What it is. */
    public Stream stream() {
        return stream;
    }

    /** The RTP timestamp of now. */
    long timestamp() {
        return timestamp;
    }

    /** Packets sent, without those sent again. */
    public long packets() {
        return packets;
    }

    /** Payload bytes of those. */
    long bytes() {
        return bytes;
    }

    /** The number of the newest packet, −1 before the first. */
    public int lastNumber() {
        return number - 1;
    }

    /** Packets that the imitation lost on their way to the server; they may have been sent again. */
    public long imitatedLosses() {
        return imitatedLosses;
    }
}
