package dev.parley.sfu.lane;

import dev.parley.sfu.wire.TransportAddress;

/**
 * A 5-tuple: one of our addresses and one of the remote's, over UDP.
 *
 * @param remote the remote's address and port
 * @param local which of the port's local addresses, as {@link InBatch#local} numbers them
 */
record Path(TransportAddress remote, int local) {}
