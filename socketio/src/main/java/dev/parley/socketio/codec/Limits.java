package dev.parley.socketio.codec;

/** The limits of the parser, besides the payload's size. */
public final class Limits {
    /** Most binary attachments in one packet, either way. */
    public static final int ATTACHMENTS = 10;

    /** Deepest nesting of arrays and objects; the array of arguments is the first level. */
    public static final int DEPTH = 32;

    /** Longest namespace, in characters. */
    public static final int NAMESPACE = 128;

    /** Longest event name, in characters. */
    public static final int EVENT_NAME = 128;

    /** Longest member name of an object, in characters. */
    public static final int MEMBER_NAME = 256;

    /** Longest number, in characters. */
    public static final int NUMBER = 64;

    /** Most digits of an acknowledgement's number: it stays below 2^53, as JavaScript needs it. */
    public static final int ACK_DIGITS = 15;

    private Limits() {}
}
