package dev.parley.sfu.engine.dtls;

/**
 * A whole handshake message (RFC 6347, 4.2.2). On the wire it is one fragment or several, each with this header:
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | message type  |   length of the whole message (24 bits)       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |   message sequence number     |   fragment offset ...         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | ... offset    |   fragment length (24 bits)                   |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param type the message type, unchecked
 * @param sequence counts from 0 in each direction
 * @param epoch of the records that carried it
 * @param body without header
 */
record HandshakeMessage(int type, int sequence, int epoch, byte[] body) {
    static final int HEADER = 12;

    static final int HELLO_REQUEST = 0;
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int HELLO_VERIFY_REQUEST = 3;
    static final int CERTIFICATE = 11;
    static final int SERVER_KEY_EXCHANGE = 12;
    static final int CERTIFICATE_REQUEST = 13;
    static final int SERVER_HELLO_DONE = 14;
    static final int CERTIFICATE_VERIFY = 15;
    static final int CLIENT_KEY_EXCHANGE = 16;
    static final int FINISHED = 20;

    /** A part of the message with its header. The whole is the part from 0 of the body's length. */
    byte[] fragment(int offset, int length) {
        return new ByteWriter()
                .u8(type)
                .u24(body.length)
                .u16(sequence)
                .u24(offset)
                .u24(length)
                .bytes(body, offset, length)
                .toBytes();
    }

    /** The message as the handshake's hash sees it: as if it had come in one fragment (RFC 6347, 4.2.6). */
    byte[] whole() {
        return fragment(0, body.length);
    }
}
