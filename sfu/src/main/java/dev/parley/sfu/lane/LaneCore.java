package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.ice.StunServer;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunMessage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All of a lane but its thread, clock and sockets: it is told the time and given datagrams, and puts datagrams into an
 * {@link OutBatch}. So a test runs a whole SFU on a virtual network and a virtual clock. One thread, except where a
 * method says otherwise.
 */
public final class LaneCore {
    private final LaneSettings settings;
    private final SecureRandom random;
    private final OutBatch out;
    private final long epochAtZero;
    private final MemorySegment scratch;
    private final Timers timers = new Timers();
    private final DropCounters drops = new DropCounters();
    private final LaneCounts counts = new LaneCounts();
    private final Set<RouterCore> routers = new LinkedHashSet<>();
    private final Set<TransportCore> transports = new LinkedHashSet<>();
    private final Received received = new Received();
    private final Overload overload = new Overload();
    private final LaneLoad load = new LaneLoad();
    private final LaneGroup group;
    private final int index;
    private final LaneMail mail;
    private final Outbox outbox;
    private final StunServer stunServer;

    /**
     * The only lane of an SFU, without transports.
     *
     * @param random for ids, credentials, SSRCs and DTLS
     * @param out takes what is sent
     * @param scratch {@value InBatch#SLOT} bytes off the heap
     * @param epochAtZero nanoseconds since 1970 at the lane's time 0. Fixed, so that sender reports do not jump when
     *     somebody sets the machine's clock
     */
    public LaneCore(
            LaneSettings settings, SecureRandom random, OutBatch out, MemorySegment scratch, long epochAtZero) {
        this(new LaneGroup(1, Arena.ofAuto()), settings, random, out, scratch, epochAtZero);
    }

    /** The next lane of a group; the rest as above. All lanes of a group have the same clock and epoch. */
    public LaneCore(
            LaneGroup group,
            LaneSettings settings,
            SecureRandom random,
            OutBatch out,
            MemorySegment scratch,
            long epochAtZero) {
        this.settings = settings;
        this.random = random;
        this.out = out;
        this.scratch = scratch;
        this.epochAtZero = epochAtZero;
        this.group = group;
        index = group.join(this);
        mail = group.mail(index);
        outbox = new Outbox(group, counts);
        stunServer = new StunServer(random.nextLong(), group.size(), drops);
    }

    /** Creates a router with these capabilities. */
    public RouterCore createRouter(RtpCapabilities capabilities) {
        var router = new RouterCore(this, newId(), capabilities);
        routers.add(router);
        counts.routers++;
        return router;
    }

    // ---- a turn

    /**
     * Takes what other lanes left for this one: first the bells, then the datagrams, which are forwarded with those that
     * {@link #receive} takes in the same turn.
     *
     * @return how much there was
     */
    public int takeMail(long now) {
        var done = mail.bells().hear(this, now);
        var ring = mail.handedOver();
        for (var left = HandOverRing.CAPACITY; left > 0; left--) {
            var transport = ring.peek();
            if (transport == null) {
                break;
            }
            try {
                bring(
                        now,
                        transport,
                        ring.source(),
                        ring.local(),
                        ring.landed(),
                        ring.memory(),
                        ring.offset(),
                        ring.length());
            } finally {
                ring.remove();
            }
            done++;
        }
        return done;
    }

    /** Takes a turn's datagrams and forwards them. */
    public void receive(long now, InBatch batch) {
        for (var i = 0; i < batch.count(); i++) {
            receive(now, batch, i);
        }
        if (!received.isEmpty()) {
            received.tellOthers();
        }
        outbox.wakeOthers();
        received.forward(now);
    }

    private void receive(long now, InBatch batch, int i) {
        var memory = batch.memory();
        var offset = batch.offset(i);
        var length = batch.length(i);
        counts.packetsReceived++;
        counts.bytesReceived += length;
        if (length >= InBatch.SLOT) {
            drops.count(Drop.TOO_LARGE);
            return;
        }
        var source = batch.source(i);
        var transport =
                switch (Demux.of(memory, offset, length)) {
                    case UNKNOWN -> unowned(Drop.UNKNOWN_PROTOCOL);
                    case STUN -> stunTransport(now, source, batch.local(i), memory, offset, length);
                    case DTLS, RTP, RTCP -> validated(source);
                };
        if (transport != null) {
            bring(now, transport, source, batch.local(i), index, memory, offset, length);
        }
    }

    private @Nullable TransportCore unowned(Drop reason) {
        drops.count(reason);
        return null;
    }

    private @Nullable TransportCore validated(TransportAddress source) {
        var transport = group.directory().at(source);
        return transport == null ? unowned(Drop.UNVALIDATED_SOURCE) : transport;
    }

    /** A request names its transport, or is answered at once; what else names none can only be about the path it came on. */
    private @Nullable TransportCore stunTransport(
            long now, TransportAddress source, int local, MemorySegment memory, long offset, int length) {
        var datagram = copy(memory, offset, length);
        if (!StunMessage.isStun(datagram)) {
            return unowned(Drop.STUN_MALFORMED);
        }
        if (StunServer.isPlainRequest(datagram)) {
            stunServer.answer(now, source, datagram).ifPresent(answer -> out.add(source, local, answer));
            return null;
        }
        var named = StunMessage.localFragmentOf(datagram);
        var transport = named.isPresent()
                ? group.directory().named(named.get())
                : group.directory().at(source);
        return transport == null ? unowned(Drop.STUN_UNKNOWN_USER) : transport;
    }

    /** Brings a datagram to its transport, or to the lane where that lives. */
    private void bring(
            long now,
            TransportCore transport,
            TransportAddress source,
            int local,
            int landed,
            MemorySegment memory,
            long offset,
            int length) {
        if (!has(transport, now)) {
            if (!outbox.handOver(transport, source, local, landed, memory, offset, length)) {
                drops.count(Drop.HAND_OVER_FULL);
            }
            return;
        }
        var kind = Demux.of(memory, offset, length);
        try {
            if (kind == Demux.STUN) {
                receiveStun(now, transport, source, local, group.lane(landed), copy(memory, offset, length));
            } else if (transport.accepts(source)) {
                transport.receive(now, kind, memory, offset, length);
            } else {
                drops.count(Drop.UNVALIDATED_SOURCE);
            }
        } catch (RuntimeException bug) {
            // A bug that one transport's input brings out closes that transport and no other.
            transport.failed(now, bug);
        }
    }

    private void receiveStun(
            long now, TransportCore transport, TransportAddress source, int local, LaneCore landed, byte[] datagram) {
        var link = source.isTcp() ? group.tcp().at(source) : null;
        if (source.isTcp() && link == null) {
            drops.count(Drop.TCP_UNOWNED);
        } else {
            transport.receiveStun(now, new Path(source, local, link), landed, datagram);
        }
    }

    /**
     * Whether something lives here. What is on its way here is taken in first: that it was sent is known from its {@link
     * Homed#home}, which is written after its bell rang.
     */
    boolean has(Homed homed, long now) {
        if (homed.isOn(this)) {
            return true;
        }
        if (homed.home() == this) {
            mail.bells().hear(this, now);
        }
        return homed.isOn(this);
    }

    /** A producer received something: it forwards at the end of this turn. */
    void receivedBy(ProducerCore producer) {
        if (producer.markReceived()) {
            received.add(producer);
        }
    }

    /** When {@link #timeouts} wants to be called; {@link Long#MAX_VALUE} means never. */
    public long nextTimeout() {
        return timers.next();
    }

    /** Does what is due. */
    public void timeouts(long now) {
        timers.run(now);
        outbox.wakeOthers();
    }

    /**
     * The last turn is over.
     *
     * @param now its end
     * @param nanos how long it took, without waiting
     * @param waited how long the lane waited for something to do before it
     */
    public void turned(long now, long nanos, long waited) {
        load.turned(now, nanos);
        overload.turned(nanos, waited);
        counts.shedding = overload.level();
    }

    /** Whether other lanes left nothing for this one; from any thread. */
    public boolean hasNoMail() {
        return mail.isEmpty();
    }

    /** Closes everything that lives on this lane. */
    public void close(long now) {
        for (var router : List.copyOf(routers)) {
            router.close(now, CloseReason.SFU_CLOSED);
        }
        for (var transport : List.copyOf(transports)) {
            transport.close(now, CloseReason.SFU_CLOSED);
        }
        outbox.wakeOthers();
    }

    // ---- what any thread may read

    /** Counters; readable from any thread. */
    public LaneCounts counts() {
        return counts;
    }

    /** All that was dropped on this lane, by reason, its transports' and producers' included; readable from any thread. */
    public DropCounters drops() {
        return drops;
    }

    /** How many datagrams and bytes were sent; readable from any thread. */
    public OutBatch out() {
        return out;
    }

    /** The lanes that this one belongs to. */
    public LaneGroup group() {
        return group;
    }

    /** Its number in the group, from 0. */
    public int index() {
        return index;
    }

    // ---- what the parts of this lane use

    LaneMail mail() {
        return mail;
    }

    Outbox outbox() {
        return outbox;
    }

    LaneLoad load() {
        return load;
    }

    Overload overload() {
        return overload;
    }

    Directory directory() {
        return group.directory();
    }

    LaneSettings settings() {
        return settings;
    }

    SecureRandom random() {
        return random;
    }

    /** NTP time (RFC 3550, 4) at a time of this lane. */
    long ntp(long now) {
        return Ntp.ofUnixNanos(epochAtZero + now);
    }

    /** Memory for one packet while it is handled. */
    MemorySegment scratch() {
        return scratch;
    }

    Timers timers() {
        return timers;
    }

    String newId() {
        var high = random.nextLong() & ~0xf000L | 0x4000L;
        var low = random.nextLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low).toString();
    }

    void refuseOverLimit(int have, int limit, String what) {
        if (have >= limit) {
            throw new SfuException(
                    "limit-reached", "There are " + have + " " + what + " already: close some, or raise the limit.");
        }
    }

    /** A transport lives here from now on. */
    void add(TransportCore transport) {
        transports.add(transport);
        counts.transports++;
    }

    /** It is closed, or goes to another lane. */
    void remove(TransportCore transport) {
        transports.remove(transport);
        counts.transports--;
    }

    void forget(RouterCore router) {
        routers.remove(router);
        counts.routers--;
    }

    private static byte[] copy(MemorySegment memory, long offset, int length) {
        var bytes = new byte[length];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
        return bytes;
    }
}
