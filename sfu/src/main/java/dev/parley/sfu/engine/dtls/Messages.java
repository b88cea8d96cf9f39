package dev.parley.sfu.engine.dtls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The handshake messages whose content is a value or two. */
final class Messages {
    private static final int RSA_SIGN = 1;
    private static final int ECDSA_SIGN = 64;
    private static final int MOST_CERTIFICATES = 10;

    /** A signature with the number of its scheme. */
    record Signed(int scheme, byte[] signature) {}

    private Messages() {}

    /** Certificate with our one certificate (RFC 5246, 7.4.2). */
    static byte[] certificate(byte[] certificate) {
        return new ByteWriter()
                .u24(certificate.length + 3)
                .opaque24(certificate)
                .toBytes();
    }

    /** The certificates, leaf first, in DER and not looked into; a list without any is well-formed. */
    static Optional<List<byte[]>> parseCertificate(byte[] body) {
        var reader = new ByteReader(body);
        var list = reader.vector24();
        var certificates = new ArrayList<byte[]>();
        while (list.remaining() > 0 && certificates.size() <= MOST_CERTIFICATES) {
            certificates.add(list.opaque24());
        }
        return reader.isDone() && list.isDone() ? Optional.of(certificates) : Optional.empty();
    }

    /** CertificateRequest: any signature of ours, any authority (RFC 5246, 7.4.4). */
    static byte[] certificateRequest() {
        return new ByteWriter()
                .u8(2)
                .u8(ECDSA_SIGN)
                .u8(RSA_SIGN)
                .bytes(SignatureScheme.encodeAll())
                .u16(0)
                .toBytes();
    }

    /** The signature schemes of a CertificateRequest, by number. */
    static Optional<int[]> parseCertificateRequest(byte[] body) {
        var reader = new ByteReader(body);
        reader.opaque8();
        int[] schemes = reader.vector16().numbers16();
        reader.opaque16();
        return reader.isDone() ? Optional.of(schemes) : Optional.empty();
    }

    /** ClientKeyExchange with an ephemeral key (RFC 8422, 5.7). */
    static byte[] clientKeyExchange(byte[] publicKey) {
        return new ByteWriter().opaque8(publicKey).toBytes();
    }

    /** The ephemeral key of a ClientKeyExchange. */
    static Optional<byte[]> parseClientKeyExchange(byte[] body) {
        var reader = new ByteReader(body);
        byte[] publicKey = reader.opaque8();
        return reader.isDone() ? Optional.of(publicKey) : Optional.empty();
    }

    /** CertificateVerify (RFC 5246, 7.4.8). */
    static byte[] certificateVerify(Signed signed) {
        return new ByteWriter().u16(signed.scheme()).opaque16(signed.signature()).toBytes();
    }

    /** The signature of a CertificateVerify. */
    static Optional<Signed> parseCertificateVerify(byte[] body) {
        var reader = new ByteReader(body);
        int scheme = reader.u16();
        byte[] signature = reader.opaque16();
        return reader.isDone() ? Optional.of(new Signed(scheme, signature)) : Optional.empty();
    }

    /** The cookie of a HelloVerifyRequest (RFC 6347, 4.2.1). Its version says nothing about the one to come. */
    static Optional<byte[]> parseHelloVerifyRequest(byte[] body) {
        var reader = new ByteReader(body);
        reader.u16();
        byte[] cookie = reader.opaque8();
        return reader.isDone() ? Optional.of(cookie) : Optional.empty();
    }
}
