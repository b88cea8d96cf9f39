package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * All secrets of one association, made from its master secret.
 *
 * <pre>
 *   RFC 7627, 4:     master secret = PRF(premaster, "extended master secret", hash up to ClientKeyExchange)
 *   RFC 5246, 6.3:   key block     = PRF(master, "key expansion", server random + client random)
 *                                  = client key | server key | client IV (4) | server IV (4)
 *   RFC 5246, 7.4.9: verify data   = PRF(master, "client finished" or "server finished", hash so far)
 *   RFC 5764, 4.2:   SRTP keys     = PRF(master, "EXTRACTOR-dtls_srtp", client random + server random)
 *                                  = client key | server key | client salt | server salt
 * </pre>
 */
final class KeySchedule {
    static final int VERIFY_DATA = 12;
    private static final int MASTER_SECRET = 48;
    private static final int IMPLICIT_IV = 4;

    private final CipherSuite suite;
    private final byte[] master;
    private final byte[] clientRandom;
    private final byte[] serverRandom;

    private KeySchedule(CipherSuite suite, byte[] master, byte[] clientRandom, byte[] serverRandom) {
        this.suite = suite;
        this.master = master;
        this.clientRandom = clientRandom;
        this.serverRandom = serverRandom;
    }

    static KeySchedule derive(Negotiated negotiated, byte[] premaster, byte[] sessionHash) {
        var master = prf(negotiated.suite(), premaster, "extended master secret", sessionHash, MASTER_SECRET);
        return new KeySchedule(negotiated.suite(), master, negotiated.clientRandom(), negotiated.serverRandom());
    }

    /** The content of a Finished message. */
    byte[] verifyData(boolean client, byte[] transcriptHash) {
        return prf(suite, master, client ? "client finished" : "server finished", transcriptHash, VERIFY_DATA);
    }

    /** The cipher of the records that one side sends. */
    RecordCipher cipher(boolean client) {
        int key = suite.keyLength();
        var block = prf(suite, master, "key expansion", join(serverRandom, clientRandom), 2 * key + 2 * IMPLICIT_IV);
        var reader = new ByteReader(block);
        byte[] clientKey = reader.bytes(key);
        byte[] serverKey = reader.bytes(key);
        byte[] clientIv = reader.bytes(IMPLICIT_IV);
        byte[] serverIv = reader.bytes(IMPLICIT_IV);
        return client ? new RecordCipher(clientKey, clientIv) : new RecordCipher(serverKey, serverIv);
    }

    /** The keys for SRTP as one side sees them. */
    SrtpKeys srtpKeys(SrtpProfile profile, boolean localIsClient) {
        var material = prf(
                suite, master, "EXTRACTOR-dtls_srtp", join(clientRandom, serverRandom), profile.keyingMaterialLength());
        var reader = new ByteReader(material);
        byte[] clientKey = reader.bytes(profile.keyLength());
        byte[] serverKey = reader.bytes(profile.keyLength());
        byte[] clientSalt = reader.bytes(profile.saltLength());
        byte[] serverSalt = reader.bytes(profile.saltLength());
        var asClient = new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt);
        return localIsClient ? asClient : asClient.mirrored();
    }

    void tell(DtlsKeyLog log) {
        log.secret(clientRandom.clone(), master.clone());
    }

    /** RFC 5246, 5: P_hash with the suite's HMAC. */
    static byte[] prf(CipherSuite suite, byte[] secret, String label, byte[] context, int length) {
        try {
            var mac = Mac.getInstance(suite.hmac());
            mac.init(new SecretKeySpec(secret, suite.hmac()));
            var seed = join(label.getBytes(StandardCharsets.US_ASCII), context);
            var result = new byte[length];
            byte[] a = seed;
            for (int done = 0; done < length; ) {
                a = mac.doFinal(a);
                mac.update(a);
                byte[] block = mac.doFinal(seed);
                int count = Math.min(block.length, length - done);
                System.arraycopy(block, 0, result, done, count);
                done += count;
            }
            return result;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + suite.hmac(), missing);
        }
    }

    private static byte[] join(byte[] one, byte[] two) {
        return new ByteWriter().bytes(one).bytes(two).toBytes();
    }
}
