package dev.parley.sfu.engine.forward;

import dev.parley.sfu.engine.stream.KeyFrameGate;
import dev.parley.sfu.engine.stream.MediaClock;
import dev.parley.sfu.engine.stream.PacketRing;
import dev.parley.sfu.engine.stream.RingPacket;
import dev.parley.sfu.engine.stream.SendStream;
import dev.parley.sfu.engine.stream.SendStreamConfig;
import dev.parley.sfu.engine.stream.TransportCounter;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.Seq;
import java.lang.foreign.MemorySegment;

/**
 * A consumer's reader of a ring: decides which packets go out, in which order and under which numbers, and writes their
 * headers. Belongs to the consumer's lane, which need not be the ring's. Nothing is allocated per packet. The lane
 * does:
 *
 * <pre>
 * while ((header = forwarder.next(now, out, at)) > 0) {
 *     int length = srtp.sealRtp( // sealRtpAgain when forwarder.repeats()out, at, header, forwarder.prefixLength(),
 *             forwarder.payload(), forwarder.payloadOffset(), forwarder.payloadLength());
 *     if (forwarder.confirm(now)) {
 *         send(out, at, length);
 *     }
 * }
 * </pre>
 */
public final class Forwarder {
    /**
     * How much longer than the received packet the outgoing one can be, in bytes: our own extensions (MID, times) and
     * RTX.
     */
    public static final int MAX_GROWTH = 64;

    /** A gap in the source's numbers beyond which the output does not show it, and video waits for a key frame. */
    private static final long MAX_GAP = 3000;
    /** A source whose timestamps run on over a pause is off by no more than this. */
    private static final long MAX_CLOCK_ERROR_SECONDS = 2;

    /** How old a key frame may be from which a reader that resumes catches up: so long the sender is not asked again. */
    private static final long RECENT_NANOS = KeyFrameGate.MIN_INTERVAL_NANOS;
    /** So many packets at most are sent at once to catch up. */
    private static final int MAX_BEHIND = 256;

    private static final int OSN_LENGTH = 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SEND_TIME_WRAP_NANOS = 64 * NANOS_PER_SECOND;

    private enum State {
        PAUSED,
        STARTING,
        RUNNING
    }

    private final SendStreamConfig config;
    private final PacketRing ring;
    private final TransportCounter counter;
    private final SendStream stream;
    private final SequenceMap map;
    private final HeaderRewriter headers;
    private final RingPacket packet = new RingPacket();
    private final long rtxSsrc;
    private final int rtxPayloadType;

    private State state = State.PAUSED;
    private boolean keyFrameWanted;
    private long cursor;
    private long catchUp;
    private long catchUpEnd = Long.MIN_VALUE;
    private long lapped;

    private boolean everSent;
    private long lastTimestamp;
    private long lastArrival;
    private long timestampOffset;

    // What next() has written and confirm() completes.
    private boolean again;
    private int headerLength;
    private int prefixLength;
    private long outSequence;
    private long outTimestamp;
    private int sendTime;
    private int transportNumber;

    /**
     * A consumer, paused. It keeps the ring's memory until {@link #close}.
     *
     * @param clock of the stream that fills the ring
     * @param counter of the transport through which the packets leave
     * @throws IllegalStateException when the ring is gone already
     */
    public Forwarder(SendStreamConfig config, PacketRing ring, MediaClock clock, TransportCounter counter) {
        if (!ring.retain()) {
            throw new IllegalStateException("The stream to forward was closed already");
        }
        this.config = config;
        this.ring = ring;
        this.counter = counter;
        stream = new SendStream(config, ring, clock);
        map = new SequenceMap(config.firstSequence());
        headers = new HeaderRewriter(config);
        rtxSsrc = config.rtxSsrc().orElse(-1);
        rtxPayloadType = config.rtxPayloadType().orElse(-1);
    }

    /** What was sent: reports, NACKs, statistics. */
    public SendStream stream() {
        return stream;
    }

    /**
     * Starts, or goes on, with what arrives from now on: audio at once, video at the next key frame, which the caller
     * asks for.
     */
    public void resume() {
        if (state == State.PAUSED) {
            cursor = ring.published() + 1;
            restart();
        }
    }

    /**
     * As {@link #resume}, but goes back to a key frame that came a moment ago, if there is one that was not sent yet:
     * the receiver has its picture at once, and nobody need be asked for another one.
     *
     * @return whether there was one
     */
    public boolean resumeAtRecentKeyFrame(long now) {
        if (state != State.PAUSED) {
            return false;
        }
        resume();
        long position = config.startsAtKeyFrame() ? recentKeyFrame(now) : PacketRing.NONE;
        if (position == PacketRing.NONE) {
            return false;
        }
        cursor = position;
        return true;
    }

    private long recentKeyFrame(long now) {
        long first = Math.max(ring.oldest(), cursor - MAX_BEHIND);
        for (long position = cursor - 1; position >= first && packet.load(ring, position); position--) {
            if (now - packet.arrival() > RECENT_NANOS) {
                break;
            }
            if (packet.isKeyFrame() && packet.sequence() > map.highestIn()) {
                return position;
            }
        }
        return PacketRing.NONE;
    }

    /** Stops; nothing goes out until {@link #resume}, retransmissions neither. */
    public void pause() {
        state = State.PAUSED;
    }

    /**
     * Leaves out all that is new, as if it had never been: the output shows no gap. Goes on as after {@link #resume};
     * retransmissions of what was sent before are left out with it.
     *
     * @return how many packets were left out
     */
    public long skip() {
        long published = ring.published();
        if (state == State.PAUSED || cursor > published) {
            return 0;
        }
        long skipped = published + 1 - cursor;
        cursor = published + 1;
        restart();
        return skipped;
    }

    private void restart() {
        state = State.STARTING;
        catchUpEnd = Long.MIN_VALUE;
    }

    /** Whether packets are held back because no key frame has come since the start. */
    public boolean isAwaitingKeyFrame() {
        return state == State.STARTING && config.startsAtKeyFrame();
    }

    /**
     * Whether the forwarder lost its place since the last call and cannot go on without a key frame: the caller asks
     * for one.
     */
    public boolean pollKeyFrameWanted() {
        boolean wanted = keyFrameWanted;
        keyFrameWanted = false;
        return wanted;
    }

    /** How many packets were overwritten before this reader came to them. */
    public long lapped() {
        return lapped;
    }

    /**
     * Writes the next outgoing packet's header (and prefix): first what must be sent again, then what is new in the
     * ring.
     *
     * @param out gets the header at {@code outOffset}; the whole datagram is at most {@link #MAX_GROWTH} bytes
     *     longer than what was received, cipher's trailer not counted
     * @return the header's length in bytes; 0 when there is nothing to send
     */
    public int next(long now, MemorySegment out, long outOffset) {
        if (state == State.PAUSED) {
            return 0;
        }
        int resend = stream.nextResend(packet);
        if (resend >= 0) {
            return writeAgain(now, resend, out, outOffset);
        }
        for (long position = nextPosition(); position != PacketRing.NONE; position = nextPosition()) {
            if (packet.load(ring, position) && accept()) {
                return write(now, out, outOffset);
            }
        }
        return 0;
    }

    /** The next position to look at: first what is younger than a key frame that came late, but came before it. */
    private long nextPosition() {
        while (catchUp <= catchUpEnd) {
            long position = ring.find(catchUp++);
            if (position != PacketRing.NONE && position < cursor) {
                return position;
            }
        }
        long published = ring.published();
        if (cursor > published) {
            return PacketRing.NONE;
        }
        if (cursor < ring.oldest()) {
            long target = Math.max(ring.oldest(), published - ring.capacity() / 2);
            lapped += target - cursor;
            cursor = target;
            keyFrameWanted |= config.startsAtKeyFrame();
        }
        return cursor++;
    }

    private boolean accept() {
        long in = packet.sequence();
        if (state == State.RUNNING && in - map.highestIn() > MAX_GAP) {
            restart();
            keyFrameWanted |= config.startsAtKeyFrame();
        }
        boolean empty = packet.payloadLength() == 0;
        if (state == State.STARTING && !start(in, empty)) {
            return false;
        }
        if (empty && in > map.highestIn()) {
            map.skip(in);
            return false;
        }
        // An empty packet that comes late leaves its number to an empty one: the receiver has seen the gap by now.
        outSequence = map.map(in);
        outTimestamp = Seq.wire32(packet.timestamp() + map.timestampOffset(in));
        return outSequence != SequenceMap.NONE;
    }

    private boolean start(long in, boolean empty) {
        // A stray from before the pause would show as a gap.
        boolean stray = in <= map.highestIn();
        if (empty || stray || config.startsAtKeyFrame() && !packet.isKeyFrame()) {
            return false;
        }
        catchUp = in + 1;
        catchUpEnd = config.startsAtKeyFrame() ? newestSoFar() : Long.MIN_VALUE;
        timestampOffset = continuedTimestampOffset();
        map.start(in, timestampOffset);
        state = State.RUNNING;
        return true;
    }

    /**
     * The highest number of what has come up to now: where a key frame's first packet came by retransmission, the others
     * came before it, and perhaps before this forwarder looked.
     */
    private long newestSoFar() {
        long newest = Long.MIN_VALUE;
        long first = Math.max(ring.oldest(), cursor - MAX_BEHIND);
        for (long position = cursor - 1; position >= first; position--) {
            newest = Math.max(newest, ring.sequence(position));
        }
        return newest;
    }

    /** The source's timestamps normally run on over a pause; where they do not, the output's are made to. */
    private long continuedTimestampOffset() {
        if (!everSent) {
            return 0;
        }
        long elapsed = Math.max(0, packet.arrival() - lastArrival);
        long rate = config.clockRate();
        long units = elapsed / NANOS_PER_SECOND * rate + elapsed % NANOS_PER_SECOND * rate / NANOS_PER_SECOND;
        long expected = lastTimestamp + Math.max(1, units);
        long candidate = packet.timestamp() + timestampOffset;
        boolean runsOn = Seq.distance32(candidate, lastTimestamp) > 0
                && Math.abs((long) Seq.distance32(candidate, expected)) <= MAX_CLOCK_ERROR_SECONDS * rate;
        return runsOn ? timestampOffset : expected - packet.timestamp();
    }

    private int write(long now, MemorySegment out, long outOffset) {
        again = false;
        prefixLength = 0;
        stamp(now);
        headerLength = headers.write(
                out,
                outOffset,
                packet,
                ring.memory(),
                config.payloadType(),
                Seq.wire16(outSequence),
                outTimestamp,
                config.ssrc(),
                sendTime,
                transportNumber);
        return headerLength;
    }

    private int writeAgain(long now, int handle, MemorySegment out, long outOffset) {
        again = true;
        int number = Seq.wire16(stream.resendSequence(handle));
        boolean rtx = rtxPayloadType >= 0;
        if (rtx) {
            stamp(now);
        } else {
            sendTime = stream.resendSendTime(handle);
            transportNumber = stream.resendTransportNumber(handle);
        }
        headerLength = headers.write(
                out,
                outOffset,
                packet,
                ring.memory(),
                rtx ? rtxPayloadType : config.payloadType(),
                rtx ? stream.nextRtxSequence() : number,
                stream.resendTimestamp(handle),
                rtx ? rtxSsrc : config.ssrc(),
                sendTime,
                transportNumber);
        prefixLength = rtx ? OSN_LENGTH : 0;
        if (rtx) {
            Bytes.put16(out, outOffset + headerLength, number);
        }
        return headerLength;
    }

    /** Absolute send time: seconds in 6.18 fixed point, modulo 64 s. */
    private void stamp(long now) {
        sendTime = (int) ((Math.floorMod(now, SEND_TIME_WRAP_NANOS) << 18) / NANOS_PER_SECOND);
        transportNumber = headers.numbersTransport() ? counter.next() : 0;
    }

    /** Whether what {@link #next} wrote went out before as the same bytes: a retransmission without RTX. */
    public boolean repeats() {
        return again && rtxPayloadType < 0;
    }

    /** Bytes that {@link #next} wrote after the header and that belong to the payload: 2 for RTX, otherwise 0. */
    public int prefixLength() {
        return prefixLength;
    }

    /** Where the payload of the packet that {@link #next} wrote lies. */
    public MemorySegment payload() {
        return ring.memory();
    }

    /** Where in {@link #payload} it begins. */
    public long payloadOffset() {
        return packet.payloadOffset();
    }

    /** Its length in bytes. */
    public int payloadLength() {
        return packet.payloadLength();
    }

    /**
     * Completes {@link #next} after the payload was copied (by the cipher).
     *
     * @return false when the ring's writer reached the packet meanwhile: the copy is worthless and must not be sent
     */
    public boolean confirm(long now) {
        if (!ring.isIntact(packet.position())) {
            lapped++;
            return false;
        }
        int length = headerLength + prefixLength + packet.payloadLength();
        if (again) {
            stream.sentAgain(now, packet, length);
            return true;
        }
        stream.sent(now, packet, outSequence, outTimestamp, sendTime, transportNumber, length);
        if (!everSent || Seq.distance32(outTimestamp, lastTimestamp) > 0) {
            everSent = true;
            lastTimestamp = outTimestamp;
            lastArrival = packet.arrival();
        }
        return true;
    }

    /** Lets go of the ring. Nothing may be called afterwards. */
    public void close() {
        state = State.PAUSED;
        ring.release();
    }
}
