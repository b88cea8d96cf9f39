package dev.parley.sfu.libwebrtc;

import dev.parley.sfu.DtlsFingerprint;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtcpParameters;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads from a session description what a client library would: the parameters of what is sent. One codec, and its RTX.
 */
final class SdpReader {
    /** One m-section. */
    record Section(MediaKind kind, RtpParameters parameters) {}

    private final List<String> lines;

    SdpReader(String sdp) {
        lines = sdp.lines().toList();
    }

    List<DtlsFingerprint> fingerprints() {
        return values(lines, "fingerprint").stream()
                .map(value -> value.split(" "))
                .map(parts -> new DtlsFingerprint(parts[0], parts[1]))
                .distinct()
                .toList();
    }

    /** The audio and video sections, with the first payload type of the wanted codec. */
    List<Section> sections(Map<MediaKind, String> codecs) {
        var sections = new ArrayList<Section>();
        var current = new ArrayList<String>();
        for (var line : lines) {
            if (line.startsWith("m=")) {
                add(current, codecs, sections);
                current.clear();
            }
            current.add(line);
        }
        add(current, codecs, sections);
        return sections;
    }

    private static void add(List<String> section, Map<MediaKind, String> codecs, List<Section> sections) {
        if (section.getFirst().startsWith("m=audio") || section.getFirst().startsWith("m=video")) {
            var kind = section.getFirst().startsWith("m=audio") ? MediaKind.AUDIO : MediaKind.VIDEO;
            sections.add(new Section(kind, parameters(section, kind, codecs.get(kind))));
        }
    }

    private static RtpParameters parameters(List<String> section, MediaKind kind, String codec) {
        var codecs = new ArrayList<RtpCodecParameters>();
        var type = payloadType(section, codec);
        codecs.add(codec(section, kind, type));
        values(section, "fmtp").stream()
                .filter(value -> value.endsWith(" apt=" + type))
                .map(value -> Integer.parseInt(value.split(" ")[0]))
                .findFirst()
                .ifPresent(rtx -> codecs.add(codec(section, kind, rtx)));
        var extensions = values(section, "extmap").stream()
                .map(value -> value.split(" "))
                .map(parts -> RtpHeaderExtensionParameters.of(parts[1], Integer.parseInt(parts[0].split("/")[0])))
                .toList();
        return new RtpParameters(
                values(section, "mid").stream().findFirst(),
                codecs,
                extensions,
                encodings(section),
                new RtcpParameters(cname(section), true));
    }

    private static int payloadType(List<String> section, String codec) {
        return values(section, "rtpmap").stream()
                .filter(value -> value.split(" ")[1].startsWith(codec + "/"))
                .mapToInt(value -> Integer.parseInt(value.split(" ")[0]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + codec + " in " + section));
    }

    private static RtpCodecParameters codec(List<String> section, MediaKind kind, int type) {
        var map = starting(section, "rtpmap", type).getFirst().split("/");
        var parameters = new LinkedHashMap<String, Object>();
        for (var pair : String.join(";", starting(section, "fmtp", type)).split(";")) {
            var parts = pair.strip().split("=", 2);
            if (parts.length == 2) {
                parameters.put(parts[0], parts[1].matches("\\d{1,9}") ? Integer.valueOf(parts[1]) : parts[1]);
            }
        }
        var feedback = starting(section, "rtcp-fb", type).stream()
                .map(value -> value.split(" ", 2))
                .map(parts -> new RtcpFeedback(parts[0], parts.length > 1 ? parts[1] : ""))
                .toList();
        return new RtpCodecParameters(
                kind.toString().toLowerCase(Locale.ROOT) + "/" + map[0],
                type,
                Integer.parseInt(map[1]),
                map.length > 2 ? OptionalInt.of(Integer.parseInt(map[2])) : OptionalInt.empty(),
                parameters,
                feedback);
    }

    private static List<RtpEncodingParameters> encodings(List<String> section) {
        var group = values(section, "ssrc-group").stream()
                .filter(value -> value.startsWith("FID "))
                .map(value -> value.split(" "))
                .findFirst();
        if (group.isPresent()) {
            return List.of(RtpEncodingParameters.of(Long.parseLong(group.get()[1]), Long.parseLong(group.get()[2])));
        }
        return values(section, "ssrc").stream()
                .map(value -> Long.parseLong(value.split(" ")[0]))
                .findFirst()
                .map(RtpEncodingParameters::of)
                .map(List::of)
                .orElse(List.of());
    }

    private static Optional<String> cname(List<String> section) {
        return values(section, "ssrc").stream()
                .filter(value -> value.contains(" cname:"))
                .map(value -> value.substring(value.indexOf("cname:") + 6))
                .findFirst();
    }

    /** What follows {@code a=name:type } in each such line. */
    private static List<String> starting(List<String> section, String name, int type) {
        return values(section, name).stream()
                .filter(value -> value.startsWith(type + " "))
                .map(value -> value.substring(value.indexOf(' ') + 1))
                .toList();
    }

    private static List<String> values(List<String> lines, String name) {
        var prefix = "a=" + name + ":";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }
}
