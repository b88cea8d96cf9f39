package dev.parley.sfu.ortc;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.RtpParameters;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The negotiation of mediasoup's ORTC as pure functions: same input, same answer, and nothing is changed. In the order
 * of a stream's life:
 *
 * <pre>
 * router codecs ─► routerCapabilities ─► (client picks codecs) ─► producer parameters
 *                                                                     │ mapping, consumable
 *                      subscriber's capabilities ─► canConsume? ─► consumerParameters
 * </pre>
 *
 * All of them throw {@link dev.parley.sfu.SfuException} with the codes {@code invalid-parameters} and
 * {@code unsupported-codec}. Any thread.
 */
public final class Ortc {
    private Ortc() {}

    /** The codecs of a router that was not told otherwise: those that browsers use, the preferred one first. */
    public static List<RtpCodecCapability> defaultCodecs() {
        return SupportedRtp.DEFAULTS;
    }

    /** The capabilities of a router with these codecs: payload types given, retransmission and extensions added. */
    public static RtpCapabilities routerCapabilities(List<RtpCodecCapability> codecs) {
        codecs.forEach(codec -> Validation.capabilities(new RtpCapabilities(List.of(codec), List.of())));
        return RouterCapabilities.generate(codecs);
    }

    /** Refuses a subscriber's capabilities that are malformed. */
    public static void validate(RtpCapabilities capabilities) {
        Validation.capabilities(capabilities);
    }

    /** Refuses a producer's parameters that are malformed or contradict themselves. */
    public static void validate(MediaKind kind, RtpParameters parameters) {
        Validation.parameters(kind, parameters);
    }

    /** How the producer's payload types become the router's. Takes validated parameters. */
    public static RtpMapping mapping(RtpParameters producer, RtpCapabilities router) {
        return ProducerParameters.mapping(producer, router);
    }

    /** What can be consumed of a producer, under the router's payload types and ids. Takes validated parameters. */
    public static RtpParameters consumable(MediaKind kind, RtpParameters producer, RtpCapabilities router) {
        return ProducerParameters.consumable(kind, producer, router);
    }

    /** Whether a subscriber with these capabilities can decode a producer. */
    public static boolean canConsume(RtpParameters consumable, RtpCapabilities subscriber) {
        return ConsumerParameters.canConsume(consumable, subscriber);
    }

    /**
     * The parameters of a new consumer. The media identification is left to the transport.
     *
     * @param ssrcs gives the SSRCs of the new stream and of its retransmissions, unused in the transport, 1–4294967295
     */
    public static RtpParameters consumerParameters(
            RtpParameters consumable, RtpCapabilities subscriber, LongSupplier ssrcs) {
        return ConsumerParameters.of(consumable, subscriber, ssrcs);
    }
}
