package dev.parley.sfu.ortc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.SfuException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProducerParametersTest {
    @Test
    void mapsMediaAndRetransmissionToTheRoutersPayloadTypes() {
        var mapping = Ortc.mapping(Samples.vp8(), Samples.ROUTER);
        int vp8 = Samples.payloadType(Samples.ROUTER, "video/VP8");
        assertEquals(OptionalInt.of(vp8), mapping.payloadType(96));
        assertEquals(OptionalInt.of(vp8 + 1), mapping.payloadType(97));
        assertEquals(OptionalInt.empty(), mapping.payloadType(98));
    }

    @ParameterizedTest
    @CsvSource({"42e01f, 1, true", "42c034, 1, true", "4de01f, 1, true", "42001f, 1, false", "64001f, 1, false", "42e01f, 0, false", "garbage, 1, false"})
    void takesH264OfTheSameProfileAtAnyLevel(String profileLevelId, int packetizationMode, boolean taken) {
        var parameters = Samples.h264(profileLevelId, packetizationMode);
        if (taken) {
            int h264 = Samples.payloadType(Samples.ROUTER, "video/H264");
            assertEquals(
                    OptionalInt.of(h264), Ortc.mapping(parameters, Samples.ROUTER).payloadType(102));
        } else {
            var error = assertThrows(SfuException.class, () -> Ortc.mapping(parameters, Samples.ROUTER));
            assertEquals("unsupported-codec", error.code());
        }
    }

    @Test
    void tellsTheProfilesOfVp9Apart() {
        var profile2 = Samples.video(Samples.codec("video/VP9", 100, 90_000, 0, Map.of("profile-id", "2")));
        assertThrows(SfuException.class, () -> Ortc.mapping(profile2, Samples.ROUTER));
        var unnamed = Samples.video(Samples.codec("video/vp9", 100, 90_000, 0, Map.of()));
        assertTrue(Ortc.mapping(unnamed, Samples.ROUTER).payloadType(100).isPresent());
    }

    @Test
    void consumableKeepsTheProducersParametersUnderTheRoutersPayloadTypes() {
        var consumable = Ortc.consumable(MediaKind.AUDIO, Samples.opus(), Samples.ROUTER);
        var opus = consumable.codecs().getFirst();
        assertEquals(Samples.payloadType(Samples.ROUTER, "audio/opus"), opus.payloadType());
        assertEquals(1, opus.parameters().get("useinbandfec"));
        assertEquals("alice", consumable.rtcp().cname().orElseThrow());
    }

    @Test
    void consumableHasRetransmissionEvenIfTheProducerHasNone() {
        var consumable = Ortc.consumable(
                MediaKind.VIDEO, Samples.video(Samples.codec("video/VP8", 96, 90_000, 0, Map.of())), Samples.ROUTER);
        assertEquals(
                List.of("video/VP8", "video/rtx"),
                consumable.codecs().stream().map(RtpCodecParameters::mimeType).toList());
    }

    @Test
    void consumableOffersOnlyWhatTheRouterSends() {
        var uris = Ortc.consumable(MediaKind.VIDEO, Samples.vp8(), Samples.ROUTER).headerExtensions().stream()
                .map(RtpHeaderExtensionParameters::uri)
                .toList();
        assertTrue(uris.contains(HeaderExtensionUri.MID));
        assertTrue(uris.contains(HeaderExtensionUri.VIDEO_ORIENTATION));
        assertFalse(uris.contains(HeaderExtensionUri.RID), "a subscriber gets one encoding");
        assertFalse(uris.contains(HeaderExtensionUri.AUDIO_LEVEL), "audio's extension on video");
    }

    @Test
    void consumableTellsNothingOfTheProducersSsrcs() {
        var encoding = Ortc.consumable(MediaKind.VIDEO, Samples.vp8(), Samples.ROUTER)
                .encodings()
                .getFirst();
        assertTrue(encoding.ssrc().isEmpty());
        assertTrue(encoding.rtx().isEmpty());
    }
}
