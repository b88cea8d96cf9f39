package dev.parley.sfu.ortc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.SfuException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ConsumerParametersTest {
    private static final RtpParameters VP8 = Ortc.consumable(MediaKind.VIDEO, Samples.vp8(), Samples.ROUTER);

    private final AtomicLong ssrcs = new AtomicLong(500);

    @Test
    void givesTheStreamAndItsRetransmissionsNewSsrcs() {
        var encoding = consume(VP8, Samples.everything()).encodings().getFirst();
        assertEquals(501, encoding.ssrc().orElseThrow());
        assertEquals(502, encoding.rtx().orElseThrow().ssrc());
    }

    @Test
    void leavesRetransmissionOutForASubscriberWithoutIt() {
        var parameters = consume(VP8, Samples.without("video/rtx"));
        assertEquals(List.of("video/VP8"), mimeTypes(parameters));
        assertTrue(parameters.encodings().getFirst().rtx().isEmpty());
    }

    @Test
    void refusesASubscriberThatCannotDecodeIt() {
        var subscriber = Samples.without("video/VP8");
        assertFalse(Ortc.canConsume(VP8, subscriber));
        var error = assertThrows(SfuException.class, () -> consume(VP8, subscriber));
        assertEquals("unsupported-codec", error.code());
        assertTrue(error.getMessage().contains("video/VP8"), error.getMessage());
    }

    @Test
    void retransmissionAloneIsNotSomethingToConsume() {
        assertFalse(Ortc.canConsume(VP8, Samples.without("audio/opus", "video/VP8", "video/VP9", "video/AV1")));
        assertFalse(Ortc.canConsume(VP8, new RtpCapabilities(List.of(), List.of())));
    }

    @Test
    void keepsTheExtensionsThatTheSubscriberKnowsUnderTheSameId() {
        var parameters = consume(VP8, Samples.withExtensions(HeaderExtensionUri.MID));
        assertEquals(1, parameters.headerExtensions().size());
        var otherId = new RtpCapabilities(
                Samples.ROUTER.codecs(), List.of(Samples.extension(MediaKind.VIDEO, HeaderExtensionUri.MID, 9)));
        assertEquals(0, consume(VP8, otherId).headerExtensions().size());
    }

    @Test
    void negotiatesCongestionFeedbackOnlyTogetherWithItsExtension() {
        var withTime = consume(VP8, Samples.withExtensions(HeaderExtensionUri.ABS_SEND_TIME));
        assertEquals(
                List.of("nack", "nack pli", "ccm fir", "goog-remb"),
                Samples.feedback(withTime.codecs().getFirst()));
        var withNothing = consume(VP8, Samples.withExtensions(HeaderExtensionUri.MID));
        assertEquals(
                List.of("nack", "nack pli", "ccm fir"),
                Samples.feedback(withNothing.codecs().getFirst()));
    }

    @Test
    void keepsTheNameOfTheSourceSoThatSoundAndPictureStayInSync() {
        assertEquals("alice", consume(VP8, Samples.everything()).rtcp().cname().orElseThrow());
    }

    @Test
    void changesNeitherOfItsInputs() {
        var before = VP8.toString() + Samples.ROUTER;
        assertEquals(consume(VP8, Samples.ROUTER).codecs(), consume(VP8, Samples.ROUTER).codecs());
        assertEquals(before, VP8.toString() + Samples.ROUTER);
    }

    private RtpParameters consume(RtpParameters consumable, RtpCapabilities subscriber) {
        return Ortc.consumerParameters(consumable, subscriber, ssrcs::incrementAndGet);
    }

    private static List<String> mimeTypes(RtpParameters parameters) {
        return parameters.codecs().stream().map(RtpCodecParameters::mimeType).toList();
    }
}
