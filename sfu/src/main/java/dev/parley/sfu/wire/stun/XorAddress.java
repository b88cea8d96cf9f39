package dev.parley.sfu.wire.stun;

import dev.parley.sfu.wire.TransportAddress;

/**
 * The value of XOR-MAPPED-ADDRESS (RFC 8489, 14.2).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      0        | family 1 or 2 |  port ^ (cookie >>> 16)       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  IPv4: address ^ cookie                                       |
 *   |  IPv6: address ^ (cookie, transaction id)                     |
 * </pre>
 */
final class XorAddress {
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    private XorAddress() {}

    static boolean isRight(byte[] message, int at, int length) {
        return length == 8 && message[at + 1] == IPV4 || length == 20 && message[at + 1] == IPV6;
    }

    static TransportAddress read(byte[] message, int at) {
        int port = Stun.u16(message, at + 2) ^ Stun.MAGIC_COOKIE >>> 16;
        if (message[at + 1] == IPV4) {
            return TransportAddress.ipv4(Stun.i32(message, at + 4) ^ Stun.MAGIC_COOKIE, port);
        }
        // The cookie and the transaction id stand side by side in the header, from byte 4 to 20.
        return new TransportAddress(
                Stun.i64(message, at + 4) ^ Stun.i64(message, 4),
                Stun.i64(message, at + 12) ^ Stun.i64(message, 12),
                port);
    }

    static byte[] write(TransportAddress address, byte[] header) {
        var plain = address.addressBytes();
        var value = new byte[4 + plain.length];
        value[1] = (byte) (plain.length == 4 ? IPV4 : IPV6);
        Stun.put16(value, 2, address.port() ^ Stun.MAGIC_COOKIE >>> 16);
        for (int i = 0; i < plain.length; i++) {
            value[4 + i] = (byte) (plain[i] ^ header[4 + i]);
        }
        return value;
    }
}
