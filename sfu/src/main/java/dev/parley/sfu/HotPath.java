package dev.parley.sfu;

/** What encrypts and carries media. Both give the same results; they differ in how much a core can forward. */
public enum HotPath {
    /** The native path where this machine has what it needs, otherwise the Java path. */
    AUTO,
    /**
     * OpenSSL's libcrypto and batched, segmented UDP: 64-bit Linux with {@code libcrypto.so.3}. An SFU that is told to
     * use it and cannot does not start. The JVM needs {@code --enable-native-access} or warns.
     */
    NATIVE,
    /** The JDK's ciphers and channels: everywhere. */
    JAVA
}
