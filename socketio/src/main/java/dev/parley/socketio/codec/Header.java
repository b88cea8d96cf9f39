package dev.parley.socketio.codec;

import java.util.Optional;

/**
 * What stands before the JSON of a packet: {@code <type>[<attachments>-][<namespace>,][<ack id>]} (Socket.IO
 * protocol, "Packet encoding"). Numbers without leading zeros.
 *
 * @param type        0 CONNECT, 1 DISCONNECT, 2 EVENT, 3 ACK, 4 CONNECT_ERROR, 5 BINARY_EVENT, 6 BINARY_ACK
 * @param attachments 1 to {@link Limits#ATTACHMENTS} for the binary types, else 0
 * @param namespace   {@code "/"} if none is named
 * @param ackId       {@link SocketPacket#NO_ACK} if there is none
 * @param end         index of the JSON
 */
record Header(int type, int attachments, String namespace, long ackId, int end) {
    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    /** Reads it; empty if malformed. */
    static Optional<Header> parse(String text) {
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '6') {
            return Optional.empty();
        }
        int type = text.charAt(0) - '0';
        int at = 1;
        int attachments = 0;
        if (type == BINARY_EVENT || type == BINARY_ACK) {
            int end = digits(text, at);
            long count = number(text, at, end, 2);
            if (count < 1 || count > Limits.ATTACHMENTS || end >= text.length() || text.charAt(end) != '-') {
                return Optional.empty();
            }
            attachments = (int) count;
            at = end + 1;
        }
        String namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            if (end - at > Limits.NAMESPACE) {
                return Optional.empty();
            }
            namespace = text.substring(at, end);
            at = comma < 0 ? end : end + 1;
        }
        int end = digits(text, at);
        long ackId = SocketPacket.NO_ACK;
        if (end > at) {
            ackId = number(text, at, end, Limits.ACK_DIGITS);
            if (ackId < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new Header(type, attachments, namespace, ackId, end));
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static long number(String text, int from, int to, int maxDigits) {
        int length = to - from;
        if (length < 1 || length > maxDigits || (length > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        return Long.parseLong(text, from, to, 10);
    }
}
