package dev.parley.sfu.ortc;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How a producer's payload types become the router's, which are the same for all of its consumers.
 *
 * @param payloadTypes from the producer's payload type to the router's, retransmission formats included
 */
public record RtpMapping(Map<Integer, Integer> payloadTypes) {
    /** Keeps a copy. */
    public RtpMapping {
        payloadTypes = Map.copyOf(payloadTypes);
    }

    /** The router's payload type; empty for one that the producer did not declare. */
    public OptionalInt payloadType(int producerPayloadType) {
        var mapped = payloadTypes.get(producerPayloadType);
        return mapped == null ? OptionalInt.empty() : OptionalInt.of(mapped);
    }
}
