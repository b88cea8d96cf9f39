package dev.parley.loadtest.media;

import dev.parley.sfu.lane.Timers;
import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.rtcp.Fir;
import dev.parley.sfu.wire.rtcp.Nack;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtcp.SenderReport;
import java.lang.foreign.MemorySegment;

/**
 * RTCP of one transport: reports each second, requests for what is missing as soon as it is missed, transport-wide
 * feedback each 100 ms, and what the server says.
 */
final class Control {
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final int CAPACITY = 1_200;
    private static final int MOST_BLOCKS = 31;
    private static final int MOST_NACKS = 100;
    private static final String CNAME = "parley-loadtest";

    private final MediaLoop loop;
    private final MediaSender sender;
    private final MediaReceiver receiver;
    private final Timers.Timer timer = Timers.Timer.exact(this::due);
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpReader reader = new RtcpReader();
    private final long[] numbers = new long[MOST_NACKS];
    private long nextReport;
    private long wakeAt = Timers.NEVER;
    private boolean closed;

    Control(MediaLoop loop, MediaSender sender, MediaReceiver receiver, long now, long phase) {
        this.loop = loop;
        this.sender = sender;
        this.receiver = receiver;
        nextReport = now + phase % REPORT_NANOS;
        wake(nextReport);
    }

    private void wake(long at) {
        if (at < wakeAt && !closed) {
            wakeAt = at;
            loop.timers().set(timer, at);
        }
    }

    /** Something came: perhaps there is something to say sooner than was planned. */
    void received(ReceivingStream receiving) {
        wake(Math.min(receiver.feedback().nextTimeout(), receiving.nextTimeout()));
    }

    private void due(long now) {
        if (closed) {
            return;
        }
        begin();
        boolean said = requests(now);
        said |= receiver.feedback().timeout(now, writer);
        if (said) {
            sender.sendControl(writer.length());
        }
        if (now >= nextReport) {
            nextReport += REPORT_NANOS;
            report(now);
        }
        wakeAt = Timers.NEVER;
        long next = Math.min(nextReport, receiver.feedback().nextTimeout());
        for (var receiving : receiver.streams()) {
            next = Math.min(next, receiving.nextTimeout());
        }
        // What did not fit goes a moment later, so that a flood of losses cannot stop this thread.
        wake(Math.max(next, now + 1_000_000));
    }

    private boolean requests(long now) {
        boolean said = false;
        for (var receiving : receiver.streams()) {
            if (receiving.nextTimeout() > now) {
                continue;
            }
            long ssrc = receiving.stream().ssrc();
            int count = receiving.missing(now, numbers, Math.min(MOST_NACKS, (writer.remaining() - 300) / 4));
            if (count > 0) {
                said |= writer.nack(1, ssrc, numbers, count) > 0;
            }
            if (receiving.giveUp(now)) {
                said |= writer.pli(1, ssrc);
            }
        }
        return said;
    }

    private void report(long now) {
        long ntp = Ntp.ofUnixNanos(loop.wallClock(now));
        for (var sending : sender.streams()) {
            begin();
            long ssrc = sending.stream().ssrc();
            writer.senderReport(
                    ssrc, ntp, sending.timestamp(), sending.packets() & 0xffff_ffffL, sending.bytes() & 0xffff_ffffL);
            writer.sourceDescription(ssrc, CNAME);
            sender.sendControl(writer.length());
        }
        var streams = receiver.streams();
        for (int first = 0; first < streams.size(); first += MOST_BLOCKS) {
            begin();
            writer.receiverReport(1);
            for (int i = first; i < Math.min(streams.size(), first + MOST_BLOCKS); i++) {
                streams.get(i).report().append(now, streams.get(i).stream().ssrc(), writer);
            }
            sender.sendControl(writer.length());
        }
    }

    private void begin() {
        writer.wrap(loop.scratch(), 0, CAPACITY);
    }

    /** Takes an RTCP datagram. */
    void receive(long now, MemorySegment in, long at, int length) {
        int opened = receiver.openControl(in, at, length);
        if (opened < 0) {
            loop.traffic().notAuthentic++;
            return;
        }
        reader.wrap(loop.scratch(), 0, opened);
        boolean nacked = false;
        while (reader.next()) {
            nacked |= handle(now);
        }
        if (nacked) {
            sender.flush();
        }
    }

    private boolean handle(long now) {
        switch (reader.kind()) {
            case SENDER_REPORT -> {
                for (var receiving : receiver.streams()) {
                    if (receiving.stream().ssrc() == reader.senderSsrc()) {
                        receiving.report().senderReport(now, SenderReport.ntp(reader));
                    }
                }
            }
            case NACK -> {
                nacked(reader.mediaSsrc());
                return true;
            }
            case PLI -> keyFrame(reader.mediaSsrc());
            case FIR -> {
                for (int i = 0; i < Fir.entries(reader); i++) {
                    keyFrame(Fir.ssrc(reader, i));
                }
            }
            case TRANSPORT_CC -> loop.traffic().feedbackReceived++;
            case RECEIVER_REPORT, SOURCE_DESCRIPTION, BYE, REMB, OTHER -> {}
        }
        return false;
    }

    private void nacked(long ssrc) {
        for (var sending : sender.streams()) {
            if (sending.stream().ssrc() == ssrc) {
                for (int entry = 0; entry < Nack.entries(reader); entry++) {
                    resend(sending, Nack.pid(reader, entry), Nack.blp(reader, entry));
                }
            }
        }
    }

    private void resend(SendingStream sending, int first, int following) {
        loop.traffic().nacksReceived += 1 + Integer.bitCount(following);
        sending.resend(first);
        for (int bit = 0; bit < 16; bit++) {
            if ((following >>> bit & 1) == 1) {
                sending.resend(first + 1 + bit & 0xffff);
            }
        }
    }

    private void keyFrame(long ssrc) {
        for (var sending : sender.streams()) {
            if (sending.stream().ssrc() == ssrc) {
                loop.traffic().keyFrameRequests++;
                sending.wantKeyFrame();
            }
        }
    }

    void close() {
        closed = true;
        loop.timers().set(timer, Timers.NEVER);
    }
}
