package dev.parley.sfu.startup;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.SfuLimits;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.lane.Lane;
import dev.parley.sfu.lane.LaneCore;
import dev.parley.sfu.lane.LaneSettings;
import dev.parley.sfu.lane.RouterCore;
import dev.parley.sfu.ortc.Ortc;
import dev.parley.sfu.udp.MediaPath;
import dev.parley.sfu.udp.UdpPort;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends media through a lane of its own, over sockets of the loopback interface, before the real one opens its port: so
 * that the first packet of the first meeting does not meet code that never ran, and that the compiler knows what is
 * hot.
 *
 * <p>It plays one short {@link Rehearsal meeting} after the other, each twice as long as the one before and of another
 * sort. That matters as much as the number of packets: the compiler leaves out what it never saw happen, and where that
 * happens after all, the compiled method is thrown away and interpreted again. A stream's first packet, a participant's
 * first NACK, a packet without extensions must have been seen often enough before the compiler looks.
 *
 * <p>Once a process for each hot path, and bounded in time. Whatever fails in it is logged, and does not matter.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    /** Turns after which all of a turn has been called often enough to be compiled; and when to stop in any case. */
    private static final int TURNS = 20_000;

    private static final long AT_MOST_NANOS = 8_000_000_000L;
    /**
     * What lies between two turns, by the lane's clock: 4 ms, so that what comes once a second comes often enough as
     * well.
     */
    private static final long TURN_NANOS = 4_000_000;
    /** Turns of one meeting while several go on. */
    private static final int TURNS_AT_ONCE = 128;
    private static final int WAIT_MILLIS = 800;
    /** So many turns has the first meeting, and so many at most the others. */
    private static final int FIRST_MEETING = 32;

    private static final int LONGEST_MEETING = 4_096;
    private static final Set<SrtpProvider> DONE = EnumSet.noneOf(SrtpProvider.class);

    private final MediaPath path;
    private final LaneSettings settings;
    private final HurriedClock clock = new HurriedClock();
    private final SecureRandom random = new SecureRandom();
    private final Arena arena;
    private final Lane lane;
    private final RouterCore router;
    private final List<InetAddress> addresses;
    private int meetings;

    WarmUp(MediaPath path, DtlsCertificate certificate, Arena arena) throws IOException {
        this.path = path;
        this.arena = arena;
        settings = new LaneSettings(List.of(), certificate, SfuLimits.defaults(), path.srtp());
        var both = loopback();
        UdpPort port;
        try {
            port = path.bind(0, both, 1).getFirst();
        } catch (IOException withoutIpv6) {
            both = both.subList(0, 1);
            port = path.bind(0, both, 1).getFirst();
        }
        addresses = both;
        lane = new Lane(
                port,
                clock,
                "parley-warm-up",
                (out, scratch) -> new LaneCore(settings, random, out, scratch, clock.epochNanos() - clock.nanos()));
        router = lane.core().createRouter(Ortc.routerCapabilities(Ortc.defaultCodecs()));
    }

    /** Of both families, since their addresses are read in different ways. */
    private static List<InetAddress> loopback() throws IOException {
        return List.of(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    }

    /**
     * Warms a hot path up, unless that was done already. Returns when it is warm, or after {@value #WAIT_MILLIS} ms:
     * what is left then goes on behind the caller's back for a few seconds, natively in the time that others leave.
     */
    public static void once(MediaPath path, DtlsCertificate certificate) {
        synchronized (DONE) {
            if (!DONE.add(path.srtp())) {
                return;
            }
        }
        var thread = Thread.ofPlatform().name("parley-warm-up").daemon(true).start(() -> warmUp(path, certificate));
        try {
            thread.join(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void warmUp(MediaPath path, DtlsCertificate certificate) {
        long start = System.nanoTime();
        try (var arena = Arena.ofShared()) {
            var warmUp = new WarmUp(path, certificate, arena);
            try {
                int turns = warmUp.runUntilCompiled(start + WAIT_MILLIS * 1_000_000L, start + AT_MOST_NANOS);
                LOG.debug("Warmed up in {} ms, {} turns", (System.nanoTime() - start) / 1_000_000, turns);
            } finally {
                warmUp.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("The first packets will take longer, because warming up failed: {}", e.toString());
        }
    }

    /**
     * Plays so many turns that all of a turn was called often enough, and on until the compilers have done what that
     * asks of them.
     */
    private int runUntilCompiled(long waitedFor, long deadline) throws IOException {
        int done = run(TURNS, waitedFor);
        if (path.srtp() == SrtpProvider.NATIVE) {
            // Nobody waits any more. After a restart everybody comes back in these seconds, and comes first.
            Niceness.last();
        }
        done += run(TURNS - done, deadline);
        var compilers = CompilerWatch.ofThisJvm(System.nanoTime());
        return done + keepUp(compilers::isBusy, deadline);
    }

    /**
     * Plays on for as long as something is so at a time of the system's clock, or until such a time: a method that
     * waits for the compiler and is called less often is taken out of the queue, and then compiled when the first real
     * meeting has gone on for a minute. A meeting of each sort goes on in turn, and no other begins: each new one would
     * bring handshakes, the thousand methods of which would keep the compilers busy without end.
     *
     * @return how many turns it played
     */
    int keepUp(LongPredicate goesOn, long deadline) throws IOException {
        int done = 0;
        try (var meetingsArena = Arena.ofShared()) {
            var going = new ArrayList<Rehearsal>();
            for (var sort : Rehearsal.Sort.all()) {
                going.add(new Rehearsal(this, meetingsArena, sort));
            }
            for (int n = 0; System.nanoTime() < deadline && goesOn.test(System.nanoTime()); n++) {
                done += going.get(n % going.size()).play(TURNS_AT_ONCE, deadline);
            }
            going.forEach(Rehearsal::close);
        }
        return done;
    }

    /** Plays meetings for so many turns or until a time of the system's clock. @return how many turns it played */
    int run(int turns, long deadline) throws IOException {
        int done = 0;
        for (int n = 0; done < turns && System.nanoTime() < deadline; n++) {
            int length = Math.min(Math.min(FIRST_MEETING << Math.min(n, 16), LONGEST_MEETING), turns - done);
            try (var meetingArena = Arena.ofShared()) {
                var meeting = new Rehearsal(this, meetingArena, Rehearsal.Sort.number(n));
                done += meeting.play(length, deadline);
                meeting.close();
            }
        }
        return done;
    }

    MediaPath path() {
        return path;
    }

    LaneSettings settings() {
        return settings;
    }

    SecureRandom random() {
        return random;
    }

    RouterCore router() {
        return router;
    }

    LaneCore core() {
        return lane.core();
    }

    int port() {
        return lane.port();
    }

    /** Where the next meeting takes place: each family in its turn. */
    InetAddress nextAddress() {
        return addresses.get(meetings++ / 2 % addresses.size());
    }

    long now() {
        return clock.nanos();
    }

    /** One turn of the lane. Woken before it waits, it does not wait; but its clock goes on as if it had. */
    void turn() {
        lane.wakeUp();
        lane.turn();
        clock.skip(TURN_NANOS);
    }

    void close() {
        router.close(clock.nanos(), CloseReason.CLOSE_CALLED);
        lane.free();
    }
}
