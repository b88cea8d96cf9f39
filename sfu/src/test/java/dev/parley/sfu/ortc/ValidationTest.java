package dev.parley.sfu.ortc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpParameters;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.SfuException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ValidationTest {
    private static final RtpCodecParameters VP8 = Samples.codec("video/VP8", 96, 90_000, 0, Map.of());

    @Test
    void takesWhatBrowsersSend() {
        assertDoesNotThrow(() -> Ortc.validate(MediaKind.AUDIO, Samples.opus()));
        assertDoesNotThrow(() -> Ortc.validate(MediaKind.VIDEO, Samples.vp8()));
        assertDoesNotThrow(() -> Ortc.validate(Samples.everything()));
    }

    @Test
    void refusesACodecOfTheOtherKind() {
        refused("is not of the kind audio", () -> Ortc.validate(MediaKind.AUDIO, Samples.vp8()));
    }

    @Test
    void refusesNoCodecOrOnlyRetransmission() {
        refused("at least one codec", () -> Ortc.validate(MediaKind.VIDEO, Samples.video()));
        var lonely = Samples.codec("video/rtx", 97, 90_000, 0, Map.of("apt", 96));
        refused("at least one codec", () -> Ortc.validate(MediaKind.VIDEO, Samples.video(lonely)));
    }

    @Test
    void refusesRetransmissionOfACodecThatIsNotThere() {
        for (var apt : List.<Map<String, Object>>of(Map.of(), Map.of("apt", 99), Map.of("apt", "x"), Map.of("apt", 96.5))) {
            var rtx = Samples.codec("video/rtx", 97, 90_000, 0, apt);
            refused("apt", () -> Ortc.validate(MediaKind.VIDEO, Samples.video(VP8, rtx)));
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        refused("0 to 127", () -> Ortc.validate(
                MediaKind.VIDEO, Samples.video(Samples.codec("video/VP8", 128, 90_000, 0, Map.of()))));
        refused("above 0 Hz", () -> Ortc.validate(
                MediaKind.VIDEO, Samples.video(Samples.codec("video/VP8", 96, 0, 0, Map.of()))));
        refused("1 to 4294967295", () -> Ortc.validate(
                MediaKind.VIDEO, with(List.of(), List.of(RtpEncodingParameters.of(1L << 32)))));
        refused("1 to 255", () -> Ortc.validate(
                MediaKind.VIDEO,
                with(List.of(RtpHeaderExtensionParameters.of("a:b", 256)), List.of(RtpEncodingParameters.of(1)))));
    }

    @Test
    void refusesWhatStandsTwice() {
        refused("payload type 96 stands twice", () -> Ortc.validate(MediaKind.VIDEO, Samples.video(VP8, VP8)));
        refused("SSRC 7 stands twice", () -> Ortc.validate(
                MediaKind.VIDEO, with(List.of(), List.of(RtpEncodingParameters.of(7, 7)))));
        refused("header extension id 3 stands twice", () -> Ortc.validate(
                MediaKind.VIDEO,
                with(
                        List.of(RtpHeaderExtensionParameters.of("a", 3), RtpHeaderExtensionParameters.of("b", 3)),
                        List.of(RtpEncodingParameters.of(7)))));
    }

    @Test
    void refusesAStreamThatCouldNotBeRecognised() {
        var nameless = new RtpEncodingParameters(null, null, null, null, false, null, null);
        refused("ssrc or a rid", () -> Ortc.validate(MediaKind.VIDEO, with(List.of(), List.of(nameless))));
        refused("at least one encoding", () -> Ortc.validate(MediaKind.VIDEO, with(List.of(), List.of())));
    }

    @Test
    void refusesListsAndTextsThatNoEndpointHas() {
        refused("at most 128", () -> Ortc.validate(
                MediaKind.VIDEO,
                Samples.video(Collections.nCopies(129, VP8).toArray(RtpCodecParameters[]::new))));
        refused("1 to 256 characters", () -> Ortc.validate(
                MediaKind.VIDEO, Samples.vp8().withMid("x".repeat(257))));
    }

    @Test
    void missingFieldsOfJsonAreEmptyAndNotNull() {
        var parameters = new RtpParameters(null, null, null, null, null);
        assertEquals(List.of(), parameters.codecs());
        assertEquals(Optional.empty(), parameters.mid());
        assertEquals(RtcpParameters.defaults(), parameters.rtcp());
        assertEquals(new RtpCapabilities(List.of(), List.of()), new RtpCapabilities(null, null));
    }

    private static RtpParameters with(
            List<RtpHeaderExtensionParameters> extensions, List<RtpEncodingParameters> encodings) {
        return new RtpParameters(Optional.empty(), List.of(VP8), extensions, encodings, RtcpParameters.defaults());
    }

    private static void refused(String reason, Runnable call) {
        var error = assertThrows(SfuException.class, call::run);
        assertEquals("invalid-parameters", error.code());
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }
}
