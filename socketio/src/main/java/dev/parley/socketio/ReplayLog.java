package dev.parley.socketio;

import dev.parley.socketio.engine.EngineFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What was lately sent to one session, so that it can be sent again. The frames are shared with all other receivers.
 * Bounded by age, number and bytes; knows no clock; not thread-safe.
 */
final class ReplayLog {
    private record Entry(String offset, List<EngineFrame> frames, long time, long bytes) {}

    private final long maxAge;
    private final int maxPackets;
    private final long maxBytes;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    /** The offset of the newest entry that was dropped: a client that has it has missed nothing but what is here. */
    private Optional<String> dropped = Optional.empty();

    private boolean complete = true;

    ReplayLog(long maxAge, int maxPackets, long maxBytes) {
        this.maxAge = maxAge;
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
    }

    void add(long now, String offset, List<EngineFrame> frames) {
        long size = 0;
        for (EngineFrame frame : frames) {
            size += frame.size();
        }
        entries.addLast(new Entry(offset, frames, now, size));
        bytes += size;
        while (!entries.isEmpty()
                && (entries.size() > maxPackets || bytes > maxBytes || now - entries.getFirst().time() > maxAge)) {
            Entry oldest = entries.removeFirst();
            bytes -= oldest.bytes();
            dropped = Optional.of(oldest.offset());
            complete = false;
        }
    }

    /**
     * What came after the packet with this offset, oldest first; without offset, everything since the session began.
     * Empty if that is not known any more.
     */
    Optional<List<EngineFrame>> after(Optional<String> offset) {
        boolean found = offset.isEmpty() ? complete : offset.equals(dropped);
        List<EngineFrame> missed = new ArrayList<>();
        for (Entry entry : entries) {
            if (found) {
                missed.addAll(entry.frames());
            } else if (offset.isPresent() && entry.offset().equals(offset.get())) {
                found = true;
            }
        }
        return found ? Optional.of(missed) : Optional.empty();
    }
}
