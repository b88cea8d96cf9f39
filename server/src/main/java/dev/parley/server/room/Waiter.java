package dev.parley.server.room;

/** Somebody who knows the code and waits for a host. Over when the connection is. */
public final class Waiter {
    private final Room room;
    private final WaitingView view;
    private final String address;
    private final Outbox outbox;

    Waiter(Room room, WaitingView view, String address, Outbox outbox) {
        this.room = room;
        this.view = view;
        this.address = address;
        this.outbox = outbox;
    }

    /** The room in front of which this one waits. */
    public Room room() {
        return room;
    }

    WaitingView view() {
        return view;
    }

    String address() {
        return address;
    }

    Outbox outbox() {
        return outbox;
    }
}
