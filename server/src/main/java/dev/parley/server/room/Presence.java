package dev.parley.server.room;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives up the seats of those whose connection ended and who do not come back. As long as somebody's media comes in,
 * the seat is kept: that browser is alive, and only its signalling is cut.
 */
final class Presence {
    private final Room room;
    private final RoomContext context;
    private final LongSupplier clock;

    Presence(Room room, RoomContext context) {
        this.room = room;
        this.context = context;
        this.clock = context.nanoTime();
    }

    /** Begins the wait. {@code connection} is the count of the participant's connections so far. */
    void lost(Participant participant, int connection, ConnectionEnd end) {
        var patience = context.grace().of(end);
        if (end == ConnectionEnd.PAGE_GONE) {
            context.later(patience, () -> room.seats().giveUp(participant, connection, LeaveReason.LEFT));
            return;
        }
        var poll = context.grace().poll().compareTo(patience) < 0 ? context.grace().poll() : patience;
        new Watch(participant, connection, patience, poll).begin();
    }

    /** A seat that is known from before a restart. */
    void restored(Participant participant) {
        int connection = participant.connections;
        context.later(context.grace().restart(),
                () -> room.seats().giveUp(participant, connection, LeaveReason.CONNECTION_LOST));
    }

    private final class Watch {
        private final Participant participant;
        private final int connection;
        private final long patience;
        private final Duration poll;
        private final long began = clock.getAsLong();
        private long heardAt = began;
        private long heardBytes;

        Watch(Participant participant, int connection, Duration patience, Duration poll) {
            this.participant = participant;
            this.connection = connection;
            this.patience = patience.toNanos();
            this.poll = poll;
        }

        void begin() {
            context.later(Duration.ZERO, () -> {
                heardBytes = room.media().bytesFrom(participant);
                context.later(poll, this::look);
            });
        }

        private void look() {
            if (!room.seats().isLost(participant, connection)) {
                return;
            }
            long now = clock.getAsLong();
            long bytes = room.media().bytesFrom(participant);
            if (bytes != heardBytes) {
                heardBytes = bytes;
                heardAt = now;
            }
            boolean late = now - began >= patience;
            // Who sent nothing at all since the connection ended is not waited for any longer than that.
            boolean quiet = heardAt == began || now - heardAt >= context.grace().quiet().toNanos();
            if (late && quiet) {
                room.seats().giveUp(participant, connection, LeaveReason.CONNECTION_LOST);
            } else {
                context.later(poll, this::look);
            }
        }
    }
}
