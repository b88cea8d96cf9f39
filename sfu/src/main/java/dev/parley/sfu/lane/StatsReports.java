package dev.parley.sfu.lane;

import dev.parley.sfu.InboundRtpStats;
import dev.parley.sfu.OutboundRtpStats;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.forward.Forwarder;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.engine.stream.SendStats;
import dev.parley.sfu.engine.stream.SendStreamConfig;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The engine's numbers in the units and under the names of the API. */
public final class StatsReports {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LOSS_UNIT = 256;
    private static final SendStats NOTHING_SENT = new SendStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private StatsReports() {}

    static InboundRtpStats inbound(
            ProducerSetup setup, RecvStream stream, DropCounters drops, long now, long timestamp) {
        var config = stream.config();
        var stats = stream.stats(now);
        return new InboundRtpStats(
                setup.id() + "-" + config.ssrc(),
                timestamp,
                config.ssrc(),
                setup.kind(),
                StreamConfigs.codecOf(setup.rtpParameters()).mimeType(),
                setup.rtpParameters().mid(),
                stats.packets() + stats.packetsRepaired(),
                stats.bytes(),
                stats.packetsLost(),
                stats.fractionLost() / LOSS_UNIT,
                (double) stats.jitter() / config.clockRate(),
                stats.roundTripNanos() / NANOS_PER_SECOND,
                stats.nackedPackets(),
                stats.packetsRepaired(),
                stats.pliCount(),
                stats.firCount(),
                stats.byeCount(),
                stats.keyFrames(),
                stats.bitrate(),
                drops(drops));
    }

    static OutboundRtpStats outbound(
            ConsumerSetup setup,
            SendStreamConfig config,
            @Nullable Forwarder forwarder,
            long shed,
            long now,
            long timestamp) {
        var stats = forwarder == null ? NOTHING_SENT : forwarder.stream().stats(now);
        var lapped = forwarder == null ? 0 : forwarder.lapped();
        return new OutboundRtpStats(
                setup.id() + "-" + config.ssrc(),
                timestamp,
                config.ssrc(),
                setup.kind(),
                StreamConfigs.codecOf(setup.rtpParameters()).mimeType(),
                stats.packets(),
                stats.bytes(),
                stats.packetsLost(),
                stats.fractionLost() / LOSS_UNIT,
                (double) stats.jitter() / config.clockRate(),
                stats.roundTripNanos() / NANOS_PER_SECOND,
                stats.nackCount(),
                stats.retransmittedPackets(),
                stats.pliCount(),
                stats.firCount(),
                stats.bitrate(),
                notSent(lapped, shed));
    }

    private static Map<String, Long> notSent(long lapped, long shed) {
        var drops = new TreeMap<String, Long>();
        if (lapped > 0) {
            drops.put(name(Drop.LAPPED), lapped);
        }
        if (shed > 0) {
            drops.put(name(Drop.SHED), shed);
        }
        return drops;
    }

    /** Counted drops under lower-case names such as {@code producer-paused}, sorted. */
    public static Map<String, Long> drops(DropCounters drops) {
        var named = new TreeMap<String, Long>();
        drops.snapshot().forEach((reason, count) -> named.put(name(reason), count));
        return named;
    }

    static String name(Drop reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
