package dev.parley.loadtest.report;

import java.util.Locale;

/** A result as people read it. */
public final class Table {
    private static final int LABEL = 30;

    private final StringBuilder text = new StringBuilder();

    private Table() {}

    /** The text, several lines. */
    public static String of(Result result) {
        var table = new Table();
        table.people(result);
        table.flow(result);
        table.content(result);
        table.cost(result);
        table.verdict(result);
        return table.text.toString();
    }

    private void people(Result result) {
        row("people", "%d of %d joined", result.joined(), result.people());
        spread("join", result.join());
        spread("first packet of a stream", result.firstPacket());
        spread("one-way delay", result.delay());
    }

    private void flow(Result result) {
        var rates = result.rates();
        row("to the server", "%,.0f packets/s, %.1f Mbit/s", rates.sent(), rates.sentMbit());
        row("from the server", "%,.0f packets/s, %.1f Mbit/s, for %.1f s", rates.received(), rates.receivedMbit(),
                rates.seconds());
        var loss = result.loss();
        row("loss before repair", "%,d of %,d (%.3f %%)", loss.before(), loss.expected(),
                percent(loss.before(), loss.expected()));
        row("loss after repair", "%,d with retransmission, %,d without (%,d unexplained), %,d gaps; %,d came too late",
                loss.after(), loss.withoutRepair(), loss.unexplained(), loss.gaps(), loss.tooLate());
        if (loss.overtaken() > 0) {
            row("overtaken by a key frame", "%,d that were missing and are not needed any more", loss.overtaken());
        }
        if (loss.leftOut() > 0) {
            row("left out by the server", "%,d", loss.leftOut());
        }
        if (loss.imitated() > 0) {
            row("lost on purpose", "%,d datagrams; %,d repaired, %,d sent again needlessly", loss.imitated(),
                    loss.repaired(), loss.needless());
        }
        row("longest silence", "%.0f ms", loss.longestSilence());
    }

    private void content(Result result) {
        var content = result.content();
        row("checked", "%,d packets of %,d streams; %,d streams counted", content.checkedPackets(),
                content.checkedStreams(), content.countedStreams());
        row("wrong", "%d damaged, %d of others, %d not authentic, %d twice, %d misplaced, %d stray, %d silent streams",
                content.damaged(), content.strangers(), content.notAuthentic(), content.duplicates(),
                content.misplaced(), content.strays(), content.silent());
    }

    private void cost(Result result) {
        var own = result.own();
        row("this program", "%.2f CPU s; %,d sockets", own.cpuSeconds(), own.sockets());
        row("its threads that send", "%.2f CPU s: %,.0f packets per CPU second", own.sendingSeconds(),
                own.sentPerCpuSecond());
        row("its threads that receive", "%.2f CPU s: %,.0f packets per CPU second", own.receivingSeconds(),
                own.receivedPerCpuSecond());
        if (own.overflows() + own.refused() > 0) {
            row("overload of this machine", "%,d datagrams came to full sockets, %,d were not taken", own.overflows(),
                    own.refused());
        }
        result.server().ifPresent(server -> {
            row("server", "%.2f CPU s (%.2f cores): %,.0f forwarded packets per CPU second", server.cpuSeconds(),
                    server.cores(), server.forwardedPerCpuSecond());
            if (server.laneSeconds() > 0) {
                row("its media threads", "%.2f CPU s: %,.0f forwarded packets per CPU second", server.laneSeconds(),
                        server.forwardedPerLaneSecond());
            }
            row("its memory", "%.0f MB, grown by %.0f kB a person", server.residentMegabytes(),
                    server.kilobytesPerPerson());
        });
        result.margin().ifPresent(margin -> row("this program / server",
                "received per CPU second / sent per CPU second: %.2f; all media threads %.2f, processes %.2f",
                margin.receiving(), margin.mediaThreads(), margin.processes()));
        result.collections().ifPresent(pauses -> row("its collections' pauses",
                "%d, %.2f ms in all, the longest %.3f ms", pauses.count(), pauses.totalMs(), pauses.longestMs()));
    }

    private void verdict(Result result) {
        text.append('\n');
        result.faults().forEach(fault -> text.append("FAULT  ").append(fault).append('\n'));
        text.append(
                result.passed()
                        ? "Passed: all that was received is authentic, of the right person, complete and intact.\n"
                        : "Failed.\n");
    }

    private void spread(String label, Spread spread) {
        if (spread.count() == 0) {
            row(label, "none");
        } else {
            row(label, "p50 %.2f   p95 %.2f   p99 %.2f   p99.9 %.2f   max %.2f ms", spread.p50(), spread.p95(),
                    spread.p99(), spread.p999(), spread.max());
        }
    }

    private void row(String label, String format, Object... values) {
        text.append(label).repeat(" ", Math.max(1, LABEL - label.length()));
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
