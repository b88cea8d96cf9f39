package dev.parley.sfu.engine.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The handshake messages so far, kept whole because the hash to take of them depends on the cipher suite and on each
 * signature. Bounded by the limits of {@link Reassembly} times the few messages of a handshake; dropped at its end.
 */
final class Transcript {
    private ByteWriter messages = new ByteWriter();

    void add(HandshakeMessage message) {
        messages.bytes(message.whole());
    }

    /** Starts anew: a HelloVerifyRequest and the hello before it do not count (RFC 6347, 4.2.1). */
    void clear() {
        messages = new ByteWriter();
    }

    byte[] bytes() {
        return messages.toBytes();
    }

    byte[] hash(CipherSuite suite) {
        try {
            return MessageDigest.getInstance(suite.hash()).digest(messages.toBytes());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no " + suite.hash(), missing);
        }
    }
}
