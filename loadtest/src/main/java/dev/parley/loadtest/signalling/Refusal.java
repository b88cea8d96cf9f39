package dev.parley.loadtest.signalling;

/** The server did not do what was asked; says what, why, and what helps. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    private Refusal(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A request was answered with an error. */
    static Refusal answered(String request, String code, String message) {
        return new Refusal(code, "The server refused \"%s\" (%s: %s)%s".formatted(request, code, message, cure(code)));
    }

    /** The connection ended, or never came about. */
    static Refusal disconnected(String what) {
        return new Refusal(
                "connection",
                what + " If the server is up: it takes 2,000 connections of one address, and closes one that sends "
                        + "more than 50 events a second (300 at once), which rooms of more than about 70 publishers "
                        + "need.");
    }

    /** The stable code of docs/signalling.md, or {@code connection}. */
    public String code() {
        return code;
    }

    private static String cure(String code) {
        return switch (code) {
            case "request/too-many" -> ". It limits the rooms that one address makes: start it with "
                    + "--rooms-per-minute 100000.";
            case "limit/reached" -> ". Raise that limit: --max-rooms, --max-participants or --max-producers of the "
                    + "server.";
            case "room/refused" -> ". A room that is full (--max-participants), or an address that is locked out "
                    + "after wrong codes, gets this answer.";
            case "server/closing" -> ". It is going down.";
            case "media/unsupported" -> ". It does not speak VP8 and Opus as this tester does.";
            default -> ".";
        };
    }
}
