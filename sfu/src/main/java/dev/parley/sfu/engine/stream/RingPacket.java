package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.rtp.RtpExtension;

/**
 * A reader's copy of what a {@link PacketRing} knows about one packet. The copy is consistent; the bytes that the
 * offsets point to are the packet's only as long as {@link PacketRing#isIntact} says so after they were read. One
 * object is reused.
 */
public final class RingPacket {
    private static final int EXTENSION_COUNT = RtpExtension.values().length;

    private final int[] extensions = new int[EXTENSION_COUNT];
    private long position = PacketRing.NONE;
    private long start;
    private long sequence;
    private long arrival;
    private int timestamp;
    private int flags;
    private int payloadOffset;
    private int payloadLength;
    private int packetLength;

    /** Copies a published packet's metadata. @return false when it is not there (any more) */
    public boolean load(PacketRing ring, long position) {
        if (!ring.isReadable(position)) {
            return false;
        }
        var memory = ring.memory();
        long at = ring.slot(position);
        this.position = position;
        start = at + PacketRing.METADATA;
        sequence = memory.get(PacketRing.LONG, at + PacketRing.SEQUENCE);
        arrival = memory.get(PacketRing.LONG, at + PacketRing.ARRIVAL);
        timestamp = memory.get(PacketRing.INT, at + PacketRing.TIMESTAMP);
        flags = memory.get(PacketRing.INT, at + PacketRing.FLAGS);
        payloadOffset = memory.get(PacketRing.INT, at + PacketRing.PAYLOAD_OFFSET);
        payloadLength = memory.get(PacketRing.INT, at + PacketRing.PAYLOAD_LENGTH);
        packetLength = memory.get(PacketRing.INT, at + PacketRing.PACKET_LENGTH);
        for (int i = 0; i < EXTENSION_COUNT; i++) {
            extensions[i] = memory.get(PacketRing.INT, at + PacketRing.EXTENSIONS + 4L * i);
        }
        return ring.isIntact(position);
    }

    /** Its place in the ring. */
    public long position() {
        return position;
    }

    /** Its extended sequence number. */
    public long sequence() {
        return sequence;
    }

    /** When it arrived, monotonic nanoseconds. */
    public long arrival() {
        return arrival;
    }

    /** Its RTP timestamp, 0–2³²−1. */
    public long timestamp() {
        return timestamp & 0xffff_ffffL;
    }

    /** Its marker bit. */
    public boolean marker() {
        return (flags & PacketRing.MARKER) != 0;
    }

    /** Whether a key frame begins with it. */
    public boolean isKeyFrame() {
        return (flags & PacketRing.KEY_FRAME) != 0;
    }

    /** Where its payload begins in the ring's memory. */
    public long payloadOffset() {
        return start + payloadOffset;
    }

    /** Its payload's length in bytes, without padding; 0 for padding alone. */
    public int payloadLength() {
        return payloadLength;
    }

    /** The whole packet's length as it was received, in bytes. */
    public int packetLength() {
        return packetLength;
    }

    /** Where an extension's data begins in the ring's memory; −1 when the packet does not carry it. */
    public long extensionOffset(RtpExtension extension) {
        int entry = extensions[extension.ordinal()];
        return entry == 0 ? -1 : start + (entry >>> 8);
    }

    /** The length of an extension's data in bytes; −1 when the packet does not carry it. */
    public int extensionLength(RtpExtension extension) {
        int entry = extensions[extension.ordinal()];
        return entry == 0 ? -1 : entry & 0xff;
    }
}
