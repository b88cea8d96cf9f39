package dev.parley.sfu.testing;

import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.wire.TransportAddress;
import java.util.List;

/** Two peers on a virtual network: a caller that checks and nominates, and a callee that answers. */
final class Pair {
    static final long SECOND = 1_000_000_000L;
    private static final DtlsCertificate FIRST = DtlsCertificate.generate(new SeededSecureRandom(1));
    private static final DtlsCertificate SECOND_ONE = DtlsCertificate.generate(new SeededSecureRandom(2));

    final VirtualNetwork network;
    final TransportAddress callerAddress = TransportAddress.ipv4(0x0a000001, 5_000);
    final TransportAddress calleeAddress = TransportAddress.ipv4(0x0a000002, 6_000);
    final PeerEngine caller;
    final PeerEngine callee;

    Pair(long seed) {
        network = new VirtualNetwork(seed);
        caller = new PeerEngine(callerAddress, FIRST, new SeededSecureRandom(3 * seed), network::send);
        callee = new PeerEngine(calleeAddress, SECOND_ONE, new SeededSecureRandom(3 * seed + 1), network::send);
        network.attach(callerAddress, caller);
        network.attach(calleeAddress, callee);
    }

    Pair profiles(List<SrtpProfile> ofCaller, List<SrtpProfile> ofCallee) {
        caller.profiles(ofCaller);
        callee.profiles(ofCallee);
        return this;
    }

    /** Starts both sides; the caller shakes hands in this role. */
    void start(Role callersRole) {
        callee.listen(
                network.now(), callersRole == Role.CLIENT ? Role.SERVER : Role.CLIENT, caller.fingerprints());
        caller.connect(
                network.now(), callee.credentials(), List.of(calleeAddress), callersRole, callee.fingerprints());
    }

    boolean connect(Role callersRole) {
        start(callersRole);
        return network.runUntil(() -> caller.connected() && callee.connected(), 12 * SECOND);
    }
}
