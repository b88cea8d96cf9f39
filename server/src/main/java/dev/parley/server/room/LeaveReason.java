package dev.parley.server.room;

/** Why a participant is gone. The JSON name is what {@link #toString()} gives. */
public enum LeaveReason {
    /** The participant left, or closed the page. */
    LEFT("left"),
    /** The connection broke and nobody came back in the grace period. */
    CONNECTION_LOST("connection-lost"),
    /** A host took the participant out. */
    REMOVED("removed"),
    /** The room or the server ended it. */
    CLOSED("closed");

    private final String text;

    LeaveReason(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
