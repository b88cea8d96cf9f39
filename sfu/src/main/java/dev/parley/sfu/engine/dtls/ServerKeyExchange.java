package dev.parley.sfu.engine.dtls;

import java.util.Optional;

/**
 * ServerKeyExchange of ECDHE (RFC 8422, 5.4).
 *
 * @param group the named group by number
 * @param publicKey the server's ephemeral key
 * @param scheme the signature's scheme by number
 * @param signature over both randoms and the parameters
 */
record ServerKeyExchange(int group, byte[] publicKey, int scheme, byte[] signature) {
    private static final int NAMED_CURVE = 3;

    static Optional<ServerKeyExchange> parse(byte[] body) {
        var reader = new ByteReader(body);
        int curveType = reader.u8();
        int group = reader.u16();
        byte[] publicKey = reader.opaque8();
        int scheme = reader.u16();
        byte[] signature = reader.opaque16();
        return reader.isDone() && curveType == NAMED_CURVE
                ? Optional.of(new ServerKeyExchange(group, publicKey, scheme, signature))
                : Optional.empty();
    }

    byte[] encode() {
        return new ByteWriter()
                .bytes(parameters(group, publicKey))
                .u16(scheme)
                .opaque16(signature)
                .toBytes();
    }

    /** What the server signs. */
    static byte[] signed(Negotiated negotiated, int group, byte[] publicKey) {
        return new ByteWriter()
                .bytes(negotiated.clientRandom())
                .bytes(negotiated.serverRandom())
                .bytes(parameters(group, publicKey))
                .toBytes();
    }

    private static byte[] parameters(int group, byte[] publicKey) {
        return new ByteWriter().u8(NAMED_CURVE).u16(group).opaque8(publicKey).toBytes();
    }
}
