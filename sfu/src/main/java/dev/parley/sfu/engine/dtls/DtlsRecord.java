package dev.parley.sfu.engine.dtls;

import java.util.Optional;

/**
 * One record as it stands in a datagram (RFC 6347, 4.1).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | content type  |   version: 254, 253 for 1.2   |  epoch ...    |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  ... epoch    |         sequence number (48 bits) ...         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |       ... sequence number                     |  length ...   |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  ... length   |  body
 * </pre>
 *
 * @param type the content type, unchecked
 * @param epoch 0 for plain records, 1 for encrypted ones
 * @param sequence counts from 0 in each epoch
 * @param body plain in epoch 0, else encrypted
 */
record DtlsRecord(int type, int epoch, long sequence, byte[] body) {
    static final int HEADER = 13;
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    static final int DTLS_1_0 = 0xfeff;
    static final int DTLS_1_2 = 0xfefd;

    /**
     * The next record of a datagram; empty if what is left is none, and then nothing after it can be trusted either.
     */
    static Optional<DtlsRecord> next(ByteReader datagram) {
        int type = datagram.u8();
        int version = datagram.u16();
        int epoch = datagram.u16();
        long sequence = datagram.u48();
        byte[] body = datagram.opaque16();
        // A ClientHello may come in a record of version 1.0 (RFC 6347, 4.2.1); only the major version can be relied on.
        return datagram.isSound() && version >>> 8 == 0xfe
                ? Optional.of(new DtlsRecord(type, epoch, sequence, body))
                : Optional.empty();
    }

    /** Epoch and sequence number as one number, as the cipher needs it. */
    long epochAndSequence() {
        return (long) epoch << 48 | sequence;
    }
}
