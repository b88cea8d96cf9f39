package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.srtp.SrtpProfile;

/** What the two hellos settled. */
record Negotiated(CipherSuite suite, SrtpProfile profile, byte[] clientRandom, byte[] serverRandom) {}
