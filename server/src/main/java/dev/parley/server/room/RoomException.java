package dev.parley.server.room;

/**
 * A request that cannot be done. The code is for programs and stable (docs/signalling.md), the message is for people.
 */
public final class RoomException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    private RoomException(String code, String message) {
        // Part of normal life, and under attack a frequent one: no stack trace is worth its cost.
        super(message, null, false, false);
        this.code = code;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** The one answer to an unknown room, a wrong code, a full room and a lock-out. */
    public static RoomException refused() {
        return new RoomException(
                "room/refused",
                "This room cannot be joined. Check the link and the code;"
                        + " after several wrong codes wait five minutes.");
    }

    /** Right code, but nobody new comes in. */
    public static RoomException locked() {
        return new RoomException("room/locked", "The room is locked: ask a host to unlock it.");
    }

    /** A host said no. */
    public static RoomException denied() {
        return new RoomException("room/denied", "A host did not let you in.");
    }

    /** Too many wait already. */
    public static RoomException lobbyFull() {
        return new RoomException("lobby/full", "Too many people wait to be let in: try again later.");
    }

    /** For hosts only. */
    public static RoomException notHost() {
        return new RoomException("state/not-host", "Only a host can do this.");
    }

    /** Taken out by a host. */
    public static RoomException removed() {
        return new RoomException("session/removed", "A host took you out of the room.");
    }

    /** More bytes than a file may have. */
    public static RoomException fileTooLarge(long limit) {
        return new RoomException("file/too-large", "The file is too large: it may have " + limit + " bytes.");
    }

    /** No files here, or not from this one. */
    public static RoomException fileNotAllowed() {
        return new RoomException("file/not-allowed", "Files cannot be sent here.");
    }

    /** A field is missing or wrong. */
    public static RoomException invalid(String sentence) {
        return new RoomException("request/invalid", sentence);
    }

    /** Too often. */
    public static RoomException tooMany(String sentence) {
        return new RoomException("request/too-many", sentence);
    }

    /** Not in a room. */
    public static RoomException notJoined() {
        return new RoomException("state/not-joined", "You are not in a room: join one first.");
    }

    /** Already in a room. */
    public static RoomException alreadyJoined() {
        return new RoomException("state/already-joined",
                "You are in a room already: leave it before you join another.");
    }

    /** Nobody to resume. */
    public static RoomException unknownSession() {
        return new RoomException("session/unknown", "This session is over or never was: join again with the code.");
    }

    /** No such object among one's own, or no such producer in the room. */
    public static RoomException notFound(String what) {
        return new RoomException("not-found", "There is no such " + what + ": it may have been closed.");
    }

    /** A limit of the server. */
    public static RoomException limit(String sentence) {
        return new RoomException("limit/reached", sentence);
    }

    /** Codecs that do not fit. */
    public static RoomException unsupported(String sentence) {
        return new RoomException("media/unsupported", sentence);
    }

    /** The disk does not take it. */
    public static RoomException storage() {
        return new RoomException(
                "server/storage",
                "The server could not store this, its disk may be full: tell whoever runs it, and try again later.");
    }

    /** A bug; the details are in the server's log. */
    public static RoomException internal() {
        return new RoomException("server/internal", "The server failed to do this. Its log says why.");
    }

    /** The server is going down. */
    public static RoomException closing() {
        return new RoomException("server/closing", "The server is going down: try again in a minute.");
    }
}
