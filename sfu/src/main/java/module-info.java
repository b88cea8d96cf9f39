/**
 * A WebRTC selective forwarding unit as a library. Only the API package is exported; everything else may change without
 * notice.
 */
module dev.parley.sfu {
    requires java.management;
    requires jdk.management;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.parley.sfu;
}
