package dev.parley.sfu.ortc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.SfuException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class RouterCapabilitiesTest {
    @Test
    void givesEachVideoCodecItsRetransmissionFormatAndAudioNone() {
        var codecs = Ortc.routerCapabilities(List.of(
                        RtpCodecCapability.audio("audio/opus", 48_000, 2),
                        RtpCodecCapability.video("video/VP8", Map.of())))
                .codecs();
        assertEquals(
                List.of("audio/opus", "video/VP8", "video/rtx"),
                codecs.stream().map(RtpCodecCapability::mimeType).toList());
        assertEquals(
                codecs.get(1).preferredPayloadType().orElseThrow(),
                codecs.get(2).parameters().get("apt"));
    }

    @Test
    void keepsTheOrderOfTheCodecsBecauseItIsThePreference() {
        var codecs = Ortc.routerCapabilities(List.of(
                        RtpCodecCapability.video("video/AV1", Map.of()),
                        RtpCodecCapability.video("video/vp8", Map.of())))
                .codecs();
        assertEquals(
                List.of("video/AV1", "video/rtx", "video/VP8", "video/rtx"),
                codecs.stream().map(RtpCodecCapability::mimeType).toList());
    }

    @Test
    void givesEachCodecAPayloadTypeOfItsOwnInTheDynamicRange() {
        var seen = new HashSet<Integer>();
        for (var codec : Samples.ROUTER.codecs()) {
            int payloadType = codec.preferredPayloadType().orElseThrow();
            assertTrue(payloadType >= 96 && payloadType <= 127, codec.toString());
            assertTrue(seen.add(payloadType), "twice: " + payloadType);
        }
    }

    @Test
    void keepsAWantedPayloadTypeAndGivesItToNoOther() {
        var wanted = new RtpCodecCapability(
                MediaKind.VIDEO, "video/VP8", OptionalInt.of(100), 90_000, OptionalInt.empty(), Map.of(), List.of());
        var codecs = Ortc.routerCapabilities(List.of(RtpCodecCapability.audio("audio/opus", 48_000, 2), wanted))
                .codecs();
        assertEquals(101, codecs.get(0).preferredPayloadType().orElseThrow());
        assertEquals(100, codecs.get(1).preferredPayloadType().orElseThrow());
        assertEquals(102, codecs.get(2).preferredPayloadType().orElseThrow());
    }

    @Test
    void offersEveryExtensionOfTheFieldUnderOneIdForBothKinds() {
        var extensions = Samples.ROUTER.headerExtensions();
        for (var extension : extensions) {
            assertTrue(
                    extensions.stream()
                            .allMatch(other -> (other.preferredId() == extension.preferredId())
                                    == other.uri().equals(extension.uri())),
                    extension.toString());
        }
        assertEquals(10, extensions.stream().map(e -> e.uri()).distinct().count());
    }

    @Test
    void refusesACodecThatCannotBeForwardedAndNamesIt() {
        var error = assertThrows(
                SfuException.class,
                () -> Ortc.routerCapabilities(List.of(RtpCodecCapability.video("video/H265", Map.of()))));
        assertEquals("unsupported-codec", error.code());
        assertTrue(error.getMessage().contains("video/H265"), error.getMessage());
    }

    @Test
    void refusesTheSameCodecTwiceAndNoCodecAtAll() {
        var vp8 = RtpCodecCapability.video("video/VP8", Map.of());
        assertEquals("invalid-parameters", refused(vp8, vp8));
        assertEquals("invalid-parameters", refused());
    }

    @Test
    void refusesARetransmissionFormatBecauseItIsAddedByItself() {
        assertEquals("invalid-parameters", refused(RtpCodecCapability.video("video/rtx", Map.of("apt", 96))));
    }

    private static String refused(RtpCodecCapability... codecs) {
        return assertThrows(SfuException.class, () -> Ortc.routerCapabilities(List.of(codecs)))
                .code();
    }
}
