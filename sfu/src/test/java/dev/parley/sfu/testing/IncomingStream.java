package dev.parley.sfu.testing;

import dev.parley.sfu.wire.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Receives one stream: asks for what is missing, puts the packets in order, and checks that each byte is as it was sent
 * and that nothing is missing between them. What is wrong is kept in words.
 */
public final class IncomingStream {
    private static final long FIRST_NACK = 10_000_000;
    private static final long NEXT_NACK = 80_000_000;
    private static final int MOST_NACKS = 12;
    private static final long NEXT_KEY_FRAME_REQUEST = 1_000_000_000;

    /** How many packets of a stream that nobody repairs wait for a late one. */
    private static final int PATIENCE = 5;

    /** A packet that is in front of a gap. */
    private record Waiting(long timestamp, byte[] payload) {}

    /** A packet that is missing. */
    private static final class Gap {
        private long nextNack;
        private int nacks;

        Gap(long now) {
            nextNack = now + FIRST_NACK;
        }
    }

    private final StreamSpec spec;
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private final TreeMap<Long, Gap> gaps = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long next = -1;
    private long highest = -1;
    private Optional<SyntheticPayload> last = Optional.empty();
    private long lastTimestamp;
    private long newestTimestamp;
    private boolean restarted;
    private int skips;
    private long nextKeyFrameRequest;
    private long received;
    private long bytes;
    private long duplicates;
    private long duplicateBytes;
    private long repaired;
    private long delivered;
    private int frames;
    private int keyFrames;
    private int lastLevel = -1;
    private long senderReport;
    private long senderReportAt;
    private int senderReports;
    private long lastArrival;

    IncomingStream(StreamSpec spec) {
        this.spec = spec;
    }

    /** What it is. */
    public StreamSpec spec() {
        return spec;
    }

    /** The first packet will have this number: what comes before the first that arrives is missed, too. */
    public IncomingStream expectFirst(int sequence) {
        next = sequence;
        highest = sequence - 1;
        return this;
    }

    /** What comes next may leave out frames, if it then begins with a key frame: after a pause. */
    public void expectGap() {
        restarted = true;
    }

    void packet(long now, boolean rtx, int sequence, long timestamp, int level, byte[] payload) {
        lastArrival = now;
        if (next < 0) {
            next = sequence;
            highest = sequence - 1;
        }
        long extended = Seq.unwrap16(highest, sequence);
        received++;
        bytes += payload.length;
        if (level >= 0) {
            lastLevel = level;
        }
        if (extended < next || waiting.containsKey(extended)) {
            duplicates++;
            duplicateBytes += payload.length;
            return;
        }
        repaired += rtx ? 1 : 0;
        for (long missing = highest + 1; missing < extended; missing++) {
            gaps.put(missing, new Gap(now));
        }
        if (extended > highest) {
            highest = extended;
            newestTimestamp = timestamp;
        }
        gaps.remove(extended);
        waiting.put(extended, new Waiting(timestamp, payload));
        if (!spec.hasRtx() && waiting.size() > PATIENCE) {
            // Nobody will repair it: go on behind the gap.
            next = waiting.firstKey();
            restarted = true;
        }
        deliver();
    }

    private void deliver() {
        for (var packet = waiting.remove(next); packet != null; packet = waiting.remove(next)) {
            var payload = SyntheticPayload.check(spec.video(), packet.payload);
            if (payload.isEmpty()) {
                wrong("packet " + next + " has a changed payload");
            } else {
                follow(packet, payload.get());
            }
            delivered++;
            next++;
        }
    }

    private void follow(Waiting packet, SyntheticPayload payload) {
        if (payload.content() != spec.content()) {
            wrong("packet " + next + " is of " + payload.content() + ", not of " + spec.content());
        }
        if (restarted && (last.isEmpty() || payload.frame() != last.get().frame() || payload.index() == 0)) {
            if (payload.index() != 0 || (spec.video() && !payload.key())) {
                wrong("after a pause it begins with " + payload);
            }
            restarted = false;
        } else {
            last.ifPresent(before -> followOn(before, packet.timestamp, payload));
        }
        if (payload.index() == payload.count() - 1) {
            frames++;
            keyFrames += payload.key() ? 1 : 0;
        }
        last = Optional.of(payload);
        lastTimestamp = packet.timestamp;
    }

    private void followOn(SyntheticPayload before, long timestamp, SyntheticPayload payload) {
        boolean sameFrame = payload.frame() == before.frame() && payload.index() == before.index() + 1;
        boolean nextFrame = payload.frame() == before.frame() + 1
                && payload.index() == 0
                && before.index() == before.count() - 1;
        if (!sameFrame && !nextFrame) {
            wrong("after " + before + " comes " + payload);
        }
        long ticks = sameFrame ? 0 : spec.frameNanos() * spec.clockRate() / 1_000_000_000L;
        if (Seq.distance32(timestamp, lastTimestamp) != ticks) {
            wrong("frame " + payload.frame() + " is " + Seq.distance32(timestamp, lastTimestamp) + " ticks later");
        }
    }

    private void wrong(String what) {
        if (wrong.size() < 10) {
            wrong.add(what);
        }
    }

    /** A sender report must tell the moment of a timestamp that is near those that come. */
    void senderReport(long now, long ntp, long rtpTimestamp) {
        senderReports++;
        if (last.isPresent()
                && now - lastArrival < 100_000_000
                && Math.abs(Seq.distance32(rtpTimestamp, newestTimestamp)) > spec.clockRate()) {
            wrong("a sender report says " + rtpTimestamp + " while packets say " + newestTimestamp);
        }
        senderReport = ntp >>> 16 & 0xffff_ffffL;
        senderReportAt = now;
    }

    /**
     * Gives up a gap that was asked for often enough, as a decoder does: goes on at the next key frame that has come.
     *
     * @return whether there is none, and it is time to ask for one
     */
    boolean keyFrameWanted(long now) {
        var first = gaps.firstEntry();
        if (!spec.video() || first == null || first.getValue().nacks < MOST_NACKS) {
            return false;
        }
        for (var entry : waiting.entrySet()) {
            var payload = SyntheticPayload.check(true, entry.getValue().payload);
            if (payload.isPresent() && payload.get().key() && payload.get().index() == 0) {
                skips++;
                restarted = true;
                next = entry.getKey();
                waiting.headMap(next).clear();
                gaps.headMap(next).clear();
                deliver();
                return false;
            }
        }
        boolean due = now >= nextKeyFrameRequest;
        nextKeyFrameRequest = due ? now + NEXT_KEY_FRAME_REQUEST : nextKeyFrameRequest;
        return due;
    }

    /** Which numbers to ask for now, ascending, at most 100. */
    long[] toNack(long now) {
        if (!spec.hasRtx()) {
            gaps.clear();
            return new long[0];
        }
        return gaps.entrySet().stream()
                .filter(entry -> entry.getValue().nacks < MOST_NACKS && now >= entry.getValue().nextNack)
                .limit(100)
                .mapToLong(entry -> {
                    entry.getValue().nextNack = now + NEXT_NACK;
                    entry.getValue().nacks++;
                    return entry.getKey();
                })
                .toArray();
    }

    /** Everything that was wrong, in words; empty when all was right. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Packets that came, with duplicates and repairs. */
    public long received() {
        return received;
    }

    /** Packets put in order and checked. */
    public long delivered() {
        return delivered;
    }

    /** Whole frames delivered. */
    public int frames() {
        return frames;
    }

    /** Key frames among them. */
    public int keyFrames() {
        return keyFrames;
    }

    /** Packets that came over RTX and were missing. */
    public long repaired() {
        return repaired;
    }

    /** Packets that had come already. */
    public long duplicates() {
        return duplicates;
    }

    /** Payload bytes that came, all in all. */
    public long bytes() {
        return bytes;
    }

    /** Payload bytes that had come already. */
    public long duplicateBytes() {
        return duplicateBytes;
    }

    /** What it waits for, in words. */
    @Override
    public String toString() {
        return "%d packets, %d frames, next %d, highest %d, missing %s, last %s"
                .formatted(received, frames, next, highest, gaps.keySet(), last);
    }

    /** The audio level of the last packet that had one, or −1. */
    public int lastLevel() {
        return lastLevel;
    }

    /** When the last packet came. */
    public long lastArrival() {
        return lastArrival;
    }

    /** How many sender reports came. */
    public int senderReports() {
        return senderReports;
    }

    /** The number of the last frame delivered, or −1. */
    public int lastFrame() {
        return last.map(SyntheticPayload::frame).orElse(-1);
    }

    /** How often it gave up a gap and went on at a key frame. */
    public int skips() {
        return skips;
    }

    /** Packets still missing. */
    public int missing() {
        return gaps.size();
    }

    long highest() {
        return highest;
    }

    long lastSenderReport() {
        return senderReport;
    }

    long lastSenderReportAt() {
        return senderReportAt;
    }
}
