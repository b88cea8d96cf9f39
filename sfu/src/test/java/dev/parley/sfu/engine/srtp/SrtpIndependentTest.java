package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SRTP worked out a second time from the RFCs' text, with BouncyCastle's primitives and nothing of the code under test:
 * key derivation on raw AES blocks, the IV by whole-number arithmetic, counter mode by hand.
 */
final class SrtpIndependentTest {
    @ParameterizedTest
    @EnumSource
    void sealsWhatAnIndependentComputationSeals(SrtpProfile profile) throws Exception {
        var random = new SplittableRandom(7714);
        for (int round = 0; round < 20; round++) {
            var pair = new SrtpPair(profile, random);
            int ssrc = random.nextInt();
            long index = 65_500;
            for (int i = 0; i < 20; i++) {
                var rtp = SrtpPair.rtp(ssrc, (int) (index & 0xffff), SrtpPair.random(random.nextInt(300), random));
                assertArrayEquals(expected(pair.keys, rtp, ssrc, index), pair.seal(rtp), "index " + index);
                index += 1 + random.nextInt(20);
            }
        }
    }

    private static byte[] expected(SrtpKeys keys, byte[] rtp, int ssrc, long index) throws Exception {
        boolean gcm = keys.profile() != SrtpProfile.AES_CM_128_HMAC_SHA1_80;
        var key = derive(keys, 0, keys.profile().keyLength());
        var salt = derive(keys, 2, keys.profile().saltLength());
        return gcm ? gcm(key, salt, rtp, ssrc, index) : counterMode(keys, key, salt, rtp, ssrc, index);
    }

    private static byte[] gcm(byte[] key, byte[] salt, byte[] rtp, int ssrc, long index) throws Exception {
        var iv = ByteBuffer.allocate(12).putShort((short) 0).putInt(ssrc)
                .putInt((int) (index >>> 16)).putShort((short) index).array();
        for (int i = 0; i < 12; i++) {
            iv[i] ^= salt[i];
        }
        var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(true, new AEADParameters(new KeyParameter(key), 128, iv, Arrays.copyOf(rtp, 12)));
        var out = Arrays.copyOf(rtp, rtp.length + 16);
        int written = cipher.processBytes(rtp, 12, rtp.length - 12, out, 12);
        cipher.doFinal(out, 12 + written);
        return out;
    }

    private static byte[] counterMode(SrtpKeys keys, byte[] key, byte[] salt, byte[] rtp, int ssrc, long index) {
        var iv = new BigInteger(1, salt).shiftLeft(16)
                .xor(BigInteger.valueOf(ssrc & 0xffff_ffffL).shiftLeft(64))
                .xor(BigInteger.valueOf(index).shiftLeft(16));
        var stream = keystream(key, iv, rtp.length - 12);
        var out = Arrays.copyOf(rtp, rtp.length + 10);
        for (int i = 12; i < rtp.length; i++) {
            out[i] ^= stream[i - 12];
        }
        var mac = new HMac(new SHA1Digest());
        mac.init(new KeyParameter(derive(keys, 1, 20)));
        mac.update(out, 0, rtp.length);
        mac.update(ByteBuffer.allocate(4).putInt((int) (index >>> 16)).array(), 0, 4);
        var tag = new byte[20];
        mac.doFinal(tag, 0);
        System.arraycopy(tag, 0, out, rtp.length, 10);
        return out;
    }

    private static byte[] derive(SrtpKeys keys, int label, int length) {
        var salt = new BigInteger(1, Arrays.copyOf(keys.localSalt(), 14));
        var x = salt.xor(BigInteger.valueOf(label).shiftLeft(48)).shiftLeft(16);
        return keystream(keys.localKey(), x, length);
    }

    private static byte[] keystream(byte[] key, BigInteger start, int length) {
        var aes = AESEngine.newInstance();
        aes.init(true, new KeyParameter(key));
        var stream = new byte[(length + 15) / 16 * 16];
        for (int block = 0; block < stream.length / 16; block++) {
            var number = start.add(BigInteger.valueOf(block)).toByteArray();
            var counter = new byte[16];
            int used = Math.min(16, number.length);
            System.arraycopy(number, number.length - used, counter, 16 - used, used);
            aes.processBlock(counter, 0, stream, 16 * block);
        }
        return Arrays.copyOf(stream, length);
    }
}
