package dev.parley.socketio.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What waits to be sent to one client, within limits on packets and bytes. Not thread-safe. */
final class SendQueue {
    private final int maxPackets;
    private final long maxBytes;
    private final Deque<EngineFrame> frames = new ArrayDeque<>();
    private long bytes;

    SendQueue(int maxPackets, long maxBytes) {
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Adds all of them, or none if that would be too many. */
    boolean add(List<EngineFrame> more) {
        long size = 0;
        for (EngineFrame frame : more) {
            size += frame.size();
        }
        if (frames.size() + more.size() > maxPackets || bytes + size > maxBytes) {
            return false;
        }
        frames.addAll(more);
        bytes += size;
        return true;
    }

    /** Takes the oldest. */
    Optional<EngineFrame> take() {
        EngineFrame frame = frames.poll();
        if (frame != null) {
            bytes -= frame.size();
        }
        return Optional.ofNullable(frame);
    }

    /** Takes the oldest that have together at most this many bytes, but at least one if there is one. */
    List<EngineFrame> takeUpTo(long limit) {
        List<EngineFrame> taken = new ArrayList<>();
        long size = 0;
        while (!frames.isEmpty() && (taken.isEmpty() || size + frames.getFirst().size() <= limit)) {
            size += frames.getFirst().size();
            taken.add(frames.removeFirst());
        }
        bytes -= size;
        return taken;
    }

    void clear() {
        frames.clear();
        bytes = 0;
    }
}
