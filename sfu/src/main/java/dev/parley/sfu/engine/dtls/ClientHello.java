package dev.parley.sfu.engine.dtls;

import java.util.Optional;

/**
 * ClientHello (RFC 6347, 4.2.1).
 *
 * @param version the highest version but 1.3 that the client speaks
 * @param random 32 bytes
 * @param sessionId for resumption, which we do not do
 * @param cookie from a HelloVerifyRequest
 * @param suites cipher suites by number
 * @param extensions never absent; none if the client sent no block of them
 */
record ClientHello(
        int version, byte[] random, byte[] sessionId, byte[] cookie, int[] suites, Extensions extensions) {
    static final int RANDOM = 32;
    private static final int LONGEST_SESSION_ID = 32;
    /** TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746, 3.3). */
    private static final int SCSV = 0x00ff;

    static Optional<ClientHello> parse(byte[] body) {
        var reader = new ByteReader(body);
        int version = reader.u16();
        byte[] random = reader.bytes(RANDOM);
        byte[] sessionId = reader.opaque8();
        byte[] cookie = reader.opaque8();
        int[] suites = reader.vector16().numbers16();
        byte[] compressions = reader.opaque8();
        if (!reader.isSound() || sessionId.length > LONGEST_SESSION_ID || !hasNull(compressions)) {
            return Optional.empty();
        }
        return Extensions.parse(reader)
                .map(extensions -> new ClientHello(version, random, sessionId, cookie, suites, extensions));
    }

    byte[] encode() {
        var writer = new ByteWriter()
                .u16(version)
                .bytes(random)
                .opaque8(sessionId)
                .opaque8(cookie)
                .u16(2 * suites.length);
        for (int suite : suites) {
            writer.u16(suite);
        }
        writer.u8(1).u8(0);
        extensions.write(writer);
        return writer.toBytes();
    }

    boolean offers(int suite) {
        for (int offered : suites) {
            if (offered == suite) {
                return true;
            }
        }
        return false;
    }

    /** Whether the client is safe against renegotiation attacks, and is not renegotiating (RFC 5746, 3.6). */
    boolean isSecureFirstHandshake() {
        return extensions.has(Extensions.RENEGOTIATION_INFO)
                ? extensions.hasEmptyRenegotiationInfo()
                : offers(SCSV);
    }

    private static boolean hasNull(byte[] compressions) {
        for (byte compression : compressions) {
            if (compression == 0) {
                return true;
            }
        }
        return false;
    }
}
