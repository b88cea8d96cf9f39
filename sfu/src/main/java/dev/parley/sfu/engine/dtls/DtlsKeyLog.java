package dev.parley.sfu.engine.dtls;

/** Takes the secrets of a handshake, so that a capture can be decrypted while debugging. Never set it in production. */
@FunctionalInterface
public interface DtlsKeyLog {
    /** Called once per handshake, as in a line {@code CLIENT_RANDOM <hex> <hex>} of an NSS key log. */
    void secret(byte[] clientRandom, byte[] masterSecret);
}
