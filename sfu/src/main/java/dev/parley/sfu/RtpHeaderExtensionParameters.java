package dev.parley.sfu;

import java.util.Map;
import java.util.Objects;

/**
 * An RTP header extension (RFC 8285) as one stream uses it.
 *
 * @param uri the extension's name
 * @param id the id in the RTP header, 1–255
 * @param encrypt whether it is encrypted (RFC 6904); not supported, always false
 * @param parameters the extension's parameters
 */
public record RtpHeaderExtensionParameters(String uri, int id, boolean encrypt, Map<String, Object> parameters) {
    /** Missing parameters are empty ones. */
    public RtpHeaderExtensionParameters {
        Objects.requireNonNull(uri, "uri");
        parameters = Defaults.map(parameters);
    }

    /** An extension without parameters. */
    public static RtpHeaderExtensionParameters of(String uri, int id) {
        return new RtpHeaderExtensionParameters(uri, id, false, Map.of());
    }
}
