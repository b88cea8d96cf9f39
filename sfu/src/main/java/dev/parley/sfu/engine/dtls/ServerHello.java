package dev.parley.sfu.engine.dtls;

import java.util.Optional;

/**
 * ServerHello (RFC 5246, 7.4.1.3).
 *
 * @param version what the server chose
 * @param random 32 bytes
 * @param suite the cipher suite by number
 * @param extensions never absent; none if the server sent no block of them
 */
record ServerHello(int version, byte[] random, int suite, Extensions extensions) {
    static Optional<ServerHello> parse(byte[] body) {
        var reader = new ByteReader(body);
        int version = reader.u16();
        byte[] random = reader.bytes(ClientHello.RANDOM);
        byte[] sessionId = reader.opaque8();
        int suite = reader.u16();
        int compression = reader.u8();
        if (!reader.isSound() || sessionId.length > ClientHello.RANDOM || compression != 0) {
            return Optional.empty();
        }
        return Extensions.parse(reader).map(extensions -> new ServerHello(version, random, suite, extensions));
    }

    byte[] encode() {
        // An empty session id: this session cannot be resumed.
        var writer = new ByteWriter().u16(version).bytes(random).u8(0).u16(suite).u8(0);
        extensions.write(writer);
        return writer.toBytes();
    }
}
