package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunMessage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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
    private final Map<String, TransportCore> byFragment = new HashMap<>();
    private final Map<TransportAddress, TransportCore> byAddress = new HashMap<>();
    /** Streams that received something in this turn, each once. */
    private final List<ProducerCore> toForward = new ArrayList<>();

    /**
     * A core without transports.
     *
     * @param random for ids, credentials, SSRCs and DTLS
     * @param out takes what is sent
     * @param scratch {@value InBatch#SLOT} bytes off the heap
     * @param epochAtZero nanoseconds since 1970 at the lane's time 0. Fixed, so that sender reports do not jump when
     *     somebody sets the machine's clock
     */
    public LaneCore(
            LaneSettings settings, SecureRandom random, OutBatch out, MemorySegment scratch, long epochAtZero) {
        this.settings = settings;
        this.random = random;
        this.out = out;
        this.scratch = scratch;
        this.epochAtZero = epochAtZero;
    }

    /** Creates a router with these capabilities. */
    public RouterCore createRouter(RtpCapabilities capabilities) {
        var router = new RouterCore(this, newId(), capabilities);
        routers.add(router);
        counts.routers++;
        return router;
    }

    /** Takes a turn's datagrams and forwards them. */
    public void receive(long now, InBatch batch) {
        for (var i = 0; i < batch.count(); i++) {
            receive(now, batch, i);
        }
        forward(now);
    }

    private void receive(long now, InBatch batch, int index) {
        var memory = batch.memory();
        var offset = batch.offset(index);
        var length = batch.length(index);
        counts.packetsReceived++;
        counts.bytesReceived += length;
        if (length >= InBatch.SLOT) {
            drops.count(Drop.TOO_LARGE);
            return;
        }
        var kind = Demux.of(memory, offset, length);
        switch (kind) {
            case UNKNOWN -> drops.count(Drop.UNKNOWN_PROTOCOL);
            case STUN -> {
                var path = new Path(batch.source(index), batch.local(index));
                receiveStun(now, path, copy(memory, offset, length));
            }
            case DTLS, RTP, RTCP -> {
                var source = batch.source(index);
                var transport = byAddress.get(source);
                if (transport == null || !transport.accepts(source)) {
                    drops.count(Drop.UNVALIDATED_SOURCE);
                } else {
                    deliver(now, transport, kind, memory, offset, length);
                }
            }
        }
    }

    /** A request names its transport; what names none can only be about the path it came on. */
    private void receiveStun(long now, Path path, byte[] datagram) {
        if (!StunMessage.isStun(datagram)) {
            drops.count(Drop.STUN_MALFORMED);
            return;
        }
        var named = StunMessage.localFragmentOf(datagram);
        var transport = named.isPresent() ? byFragment.get(named.get()) : byAddress.get(path.remote());
        if (transport == null) {
            drops.count(Drop.STUN_UNKNOWN_USER);
            return;
        }
        try {
            transport.receiveStun(now, path, datagram);
        } catch (RuntimeException bug) {
            transport.failed(now, bug);
        }
    }

    /** A bug that one transport's input brings out closes that transport and no other. */
    private static void deliver(
            long now, TransportCore transport, Demux kind, MemorySegment memory, long offset, int length) {
        try {
            transport.receive(now, kind, memory, offset, length);
        } catch (RuntimeException bug) {
            transport.failed(now, bug);
        }
    }

    /** Forwards what the producers marked by {@link #receivedBy} received. By index: no iterator is made each turn. */
    private void forward(long now) {
        for (var i = 0; i < toForward.size(); i++) {
            toForward.get(i).forward(now);
        }
        toForward.clear();
    }

    /** A producer received something: it forwards at the end of this turn. */
    void receivedBy(ProducerCore producer) {
        if (producer.markReceived()) {
            toForward.add(producer);
        }
    }

    /** When {@link #timeouts} wants to be called; {@link Long#MAX_VALUE} means never. */
    public long nextTimeout() {
        return timers.next();
    }

    /** Does what is due. */
    public void timeouts(long now) {
        timers.run(now);
    }

    /** Closes everything. */
    public void close(long now) {
        for (var router : List.copyOf(routers)) {
            router.close(now, CloseReason.SFU_CLOSED);
        }
    }

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

    void name(String fragment, TransportCore transport) {
        byFragment.put(fragment, transport);
    }

    void unname(String fragment) {
        byFragment.remove(fragment);
    }

    /** Datagrams from this address belong to this transport from now on, whoever had the address before. */
    void validated(TransportAddress address, TransportCore transport) {
        byAddress.put(address, transport);
    }

    void forget(TransportAddress address, TransportCore transport) {
        byAddress.remove(address, transport);
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
