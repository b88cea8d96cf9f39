package dev.parley.sfu.engine.dtls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** Our ephemeral key of one handshake (RFC 8422, 5.10 and 5.11). */
final class KeyShare {
    private static final int UNCOMPRESSED = 4;
    private static final int COORDINATE = 32;

    private final NamedGroup group;
    private final KeyPair pair;

    KeyShare(NamedGroup group, KeyPair pair) {
        this.group = group;
        this.pair = pair;
    }

    NamedGroup group() {
        return group;
    }

    /** Our public key as it goes on the wire. */
    byte[] publicBytes() {
        return switch (pair.getPublic()) {
            case XECPublicKey key -> reversed(fixed(key.getU()));
            case ECPublicKey key -> new ByteWriter()
                    .u8(UNCOMPRESSED)
                    .bytes(fixed(key.getW().getAffineX()))
                    .bytes(fixed(key.getW().getAffineY()))
                    .toBytes();
            default -> throw new IllegalStateException("no such group");
        };
    }

    /** The premaster secret with the peer's public key, which must be a proper point of the group. */
    byte[] agree(byte[] peer) throws HandshakeException {
        if (peer.length != group.publicLength()) {
            throw new HandshakeException(Alert.ILLEGAL_PARAMETER, DtlsFailure.PROTOCOL_ERROR);
        }
        try {
            var agreement = KeyAgreement.getInstance(group == NamedGroup.X25519 ? "X25519" : "ECDH");
            agreement.init(pair.getPrivate());
            agreement.doPhase(group == NamedGroup.X25519 ? x25519(peer) : p256(peer), true);
            var secret = agreement.generateSecret();
            if (isZero(secret)) {
                // A point of small order: the secret would be known to all (RFC 8422, 5.11).
                throw new HandshakeException(Alert.ILLEGAL_PARAMETER, DtlsFailure.PROTOCOL_ERROR);
            }
            return secret;
        } catch (GeneralSecurityException | RuntimeException badPoint) {
            throw new HandshakeException(Alert.ILLEGAL_PARAMETER, DtlsFailure.PROTOCOL_ERROR);
        }
    }

    private static PublicKey x25519(byte[] peer) throws GeneralSecurityException {
        var little = peer.clone();
        // The highest bit is not part of the number (RFC 7748, 5).
        little[COORDINATE - 1] &= 0x7f;
        var u = new BigInteger(1, reversed(little));
        return KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    }

    private static PublicKey p256(byte[] peer) throws GeneralSecurityException, HandshakeException {
        var x = new BigInteger(1, Arrays.copyOfRange(peer, 1, 1 + COORDINATE));
        var y = new BigInteger(1, Arrays.copyOfRange(peer, 1 + COORDINATE, peer.length));
        var curve = NamedGroup.p256();
        if (peer[0] != UNCOMPRESSED || !isOn(curve, x, y)) {
            throw new HandshakeException(Alert.ILLEGAL_PARAMETER, DtlsFailure.PROTOCOL_ERROR);
        }
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
    }

    /** An invalid-curve attack needs a point that is not on the curve; the JDK checks as well, we do not rely on it. */
    private static boolean isOn(ECParameterSpec curve, BigInteger x, BigInteger y) {
        var p = ((ECFieldFp) curve.getCurve().getField()).getP();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        var right = x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB());
        return y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    /** A coordinate as 32 bytes, big-endian. */
    private static byte[] fixed(BigInteger coordinate) {
        var bytes = coordinate.toByteArray();
        var result = new byte[COORDINATE];
        int count = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - count, result, COORDINATE - count, count);
        return result;
    }

    private static byte[] reversed(byte[] bytes) {
        var result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }

    private static boolean isZero(byte[] bytes) {
        int bits = 0;
        for (byte b : bytes) {
            bits |= b;
        }
        return bits == 0;
    }
}
