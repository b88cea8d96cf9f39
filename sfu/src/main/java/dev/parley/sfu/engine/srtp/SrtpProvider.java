package dev.parley.sfu.engine.srtp;

import java.util.Optional;

/** Makes SRTP contexts with one kind of cipher. The kinds differ in speed and in nothing else. */
public enum SrtpProvider {
    /** The JDK's ciphers: everywhere. */
    JAVA {
        @Override
        PacketCipher cipher(SrtpProfile profile, SessionKeys rtp, SessionKeys rtcp, boolean sealing) {
            return switch (profile) {
                case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new JdkGcm(rtp, rtcp);
                case AES_CM_128_HMAC_SHA1_80 -> new JdkCounterMode(rtp, rtcp);
            };
        }
    },
    /** OpenSSL's libcrypto: no allocation per packet. Segments handed to it must be native memory. */
    NATIVE {
        @Override
        PacketCipher cipher(SrtpProfile profile, SessionKeys rtp, SessionKeys rtcp, boolean sealing) {
            return switch (profile) {
                case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new NativeGcm(rtp, rtcp, sealing);
                case AES_CM_128_HMAC_SHA1_80 -> new NativeCounterMode(rtp, rtcp);
            };
        }
    };

    /** Why this kind cannot be used here, in words for the operator; empty when it can. */
    public Optional<String> unavailable() {
        return this == NATIVE ? NativeCiphers.unavailable() : Optional.empty();
    }

    /** What does the work, in words for the operator. Only for a kind that can be used. */
    public String description() {
        return this == NATIVE ? NativeCiphers.description() : "the JDK's";
    }

    /** Opens what the other side seals. The thread that makes it is the one that may use and close it. */
    public SrtpReceiver receiver(SrtpKeys keys) {
        return new IndexingReceiver(cipher(keys.profile(), keys.remoteKey(), keys.remoteSalt(), false));
    }

    /** Seals for the other side. The thread that makes it is the one that may use and close it. */
    public SrtpSender sender(SrtpKeys keys) {
        return new IndexingSender(cipher(keys.profile(), keys.localKey(), keys.localSalt(), true));
    }

    PacketCipher cipher(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, boolean sealing) {
        return cipher(
                profile,
                SessionKeys.rtp(profile, masterKey, masterSalt),
                SessionKeys.rtcp(profile, masterKey, masterSalt),
                sealing);
    }

    abstract PacketCipher cipher(SrtpProfile profile, SessionKeys rtp, SessionKeys rtcp, boolean sealing);
}
