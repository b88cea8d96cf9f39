package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packets of one received stream in the order of their arrival, off the heap. One thread writes; any number of
 * other threads read, without locks and without the writer knowing them.
 *
 * <p>Writing: {@link #claim} gives the next slot; the packet is put there (by the cipher that decrypts it); {@link
 * #publish} shows it to the readers. A claim may be given up: the next {@code claim} gives the same slot. What was
 * published never changes until the slot is claimed again, one lap later.
 *
 * <p>Reading is a seqlock: a reader copies what it needs and asks afterwards with {@link #isIntact} whether the writer
 * has reached that slot again meanwhile; if so it throws the copy away. {@link RingPacket#load} does this for the
 * metadata.
 *
 * <p>The memory ({@link #VIDEO_CAPACITY} slots: 1.6 MiB, {@link #AUDIO_CAPACITY}: 102 KiB) is taken at the first claim
 * and freed when the writer and all who called {@link #retain} have called {@link #release}.
 */
public final class PacketRing {
    /** Slots for a video stream: 4 s at 2.5 Mbit/s. */
    public static final int VIDEO_CAPACITY = 1024;
    /** Slots for an audio stream: 1.3 s at 20 ms a packet; none of it is ever sent again. */
    public static final int AUDIO_CAPACITY = 64;
    /** The longest packet that a slot holds, in bytes: more than an Ethernet frame. */
    public static final int MAX_PACKET = 1536;
    /** The position of no packet. */
    public static final long NONE = -1;

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    /*
     * A slot's metadata, in native byte order:
     *  0 extended sequence number   8 arrival, ns   16 timestamp   20 flags
     * 24 payload offset in the packet   28 payload length   32 packet length
     * 36 for each RtpExtension: offset in the packet << 8 | length, 0 when absent
     */
    static final int SEQUENCE = 0;
    static final int ARRIVAL = 8;
    static final int TIMESTAMP = 16;
    static final int FLAGS = 20;
    static final int PAYLOAD_OFFSET = 24;
    static final int PAYLOAD_LENGTH = 28;
    static final int PACKET_LENGTH = 32;
    static final int EXTENSIONS = 36;
    static final int MARKER = 1;
    static final int KEY_FRAME = 2;
    static final int METADATA = 96;
    private static final int STRIDE = METADATA + MAX_PACKET;

    private static final RtpExtension[] ALL_EXTENSIONS = RtpExtension.values();
    private static final VarHandle PUBLISHED;
    private static final VarHandle CLAIMED;

    static {
        try {
            var lookup = MethodHandles.lookup();
            PUBLISHED = lookup.findVarHandle(PacketRing.class, "published", long.class);
            CLAIMED = lookup.findVarHandle(PacketRing.class, "claimed", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final int mask;
    private final AtomicInteger holders = new AtomicInteger(1);
    private Arena arena = Arena.global();
    private MemorySegment memory = MemorySegment.NULL;
    private long[] positions = {};
    private long published = NONE;
    private long claimed = NONE;

    /** A ring without memory yet. @param capacity slots, a power of two */
    public PacketRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("A ring's capacity is a power of two, not " + capacity);
        }
        this.capacity = capacity;
        mask = capacity - 1;
    }

    /** How many packets it holds. */
    public int capacity() {
        return capacity;
    }

    /**
     * Writer: where the next packet of up to {@link #MAX_PACKET} bytes goes in {@link #memory}. The first claim takes
     * that memory: ask for the memory after the claim, not before it in the same expression.
     */
    public long claim() {
        if (positions.length == 0) {
            allocate();
        }
        if (claimed == published) {
            CLAIMED.setOpaque(this, published + 1);
            // The claim must be seen by whoever sees the first byte of the new packet.
            VarHandle.storeStoreFence();
        }
        return slot(claimed) + METADATA;
    }

    @SuppressWarnings("MustBeClosedChecker") // release() closes it
    private void allocate() {
        arena = Arena.ofShared();
        memory = arena.allocate((long) capacity * STRIDE, 64);
        positions = new long[capacity];
        Arrays.fill(positions, NONE);
    }

    /**
     * Writer: shows the packet in the claimed slot to the readers.
     *
     * @param packet wraps the claimed slot
     * @param sequence its extended sequence number; no other published packet within the last lap has it
     * @param prefix bytes before the media in the payload (2 for RTX)
     * @param arrival monotonic nanoseconds
     * @return its position
     */
    public long publish(
            RtpPacket packet, long sequence, int prefix, boolean keyFrame, RtpExtensionIds extensions, long arrival) {
        long position = claimed;
        long at = slot(position);
        memory.set(LONG, at + SEQUENCE, sequence);
        memory.set(LONG, at + ARRIVAL, arrival);
        memory.set(INT, at + TIMESTAMP, (int) packet.timestamp());
        memory.set(INT, at + FLAGS, (packet.marker() ? MARKER : 0) | (keyFrame ? KEY_FRAME : 0));
        memory.set(INT, at + PAYLOAD_OFFSET, packet.headerLength() + prefix);
        memory.set(INT, at + PAYLOAD_LENGTH, packet.payloadLength() - prefix);
        memory.set(INT, at + PACKET_LENGTH, packet.length());
        for (int i = 0; i < ALL_EXTENSIONS.length; i++) {
            int id = extensions.id(ALL_EXTENSIONS[i]);
            int offset = packet.extensionOffset(id);
            memory.set(INT, at + EXTENSIONS + 4L * i, offset < 0 ? 0 : offset << 8 | packet.extensionLength(id));
        }
        positions[(int) sequence & mask] = position;
        PUBLISHED.setRelease(this, position);
        return position;
    }

    /** The newest published packet's position, or {@link #NONE}. Positions count up from 0. */
    public long published() {
        return (long) PUBLISHED.getAcquire(this);
    }

    /** The oldest position that may still be read. */
    public long oldest() {
        return Math.max(0, (long) CLAIMED.getAcquire(this) - capacity + 1);
    }

    /** Whether a packet was published and its slot has not been claimed again. */
    public boolean isReadable(long position) {
        return position >= 0 && position <= published() && isIntact(position);
    }

    /** After reading from a published slot: whether what was read is still that packet. */
    public boolean isIntact(long position) {
        VarHandle.acquireFence();
        return position > (long) CLAIMED.getOpaque(this) - capacity;
    }

    /**
     * The position of the packet with an extended sequence number, or {@link #NONE} when it is not there (any more).
     */
    public long find(long sequence) {
        if (published() == NONE) {
            return NONE;
        }
        long position = positions[(int) sequence & mask];
        return sequence(position) == sequence ? position : NONE;
    }

    /**
     * The extended sequence number of the packet at a position, or {@link Long#MIN_VALUE} when it is not there (any
     * more).
     */
    public long sequence(long position) {
        if (!isReadable(position)) {
            return Long.MIN_VALUE;
        }
        long sequence = memory.get(LONG, slot(position) + SEQUENCE);
        return isIntact(position) ? sequence : Long.MIN_VALUE;
    }

    /** Where the packets lie. Empty before the first claim; must not be touched after {@link #release}. */
    public MemorySegment memory() {
        return memory;
    }

    long slot(long position) {
        return (position & mask) * STRIDE;
    }

    /** Reader, any thread: keeps the memory from being freed. @return false when it is too late: the ring is gone */
    public boolean retain() {
        int n = holders.get();
        while (n > 0 && !holders.compareAndSet(n, n + 1)) {
            n = holders.get();
        }
        return n > 0;
    }

    /**
     * The writer, and each who retained, exactly once: will not touch the ring again. The last one frees the memory.
     */
    public void release() {
        if (holders.decrementAndGet() == 0 && positions.length > 0) {
            arena.close();
        }
    }
}
