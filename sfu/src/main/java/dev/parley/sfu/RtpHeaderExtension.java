package dev.parley.sfu;

import java.util.Objects;

/**
 * An RTP header extension (RFC 8285) that a router or an endpoint can handle.
 *
 * @param kind the media that it applies to
 * @param uri the extension's name
 * @param preferredId the id to use, 1–255
 * @param preferredEncrypt whether to encrypt it (RFC 6904); not supported, always false
 * @param direction {@code sendrecv}, {@code sendonly}, {@code recvonly} or {@code inactive}, as its owner sees it
 */
public record RtpHeaderExtension(
        MediaKind kind, String uri, int preferredId, boolean preferredEncrypt, String direction) {
    /** A missing direction is {@code sendrecv}. */
    public RtpHeaderExtension {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(uri, "uri");
        direction = Defaults.text(direction).isEmpty() ? "sendrecv" : direction;
    }

    /** Whether the owner of this capability sends the extension. */
    public boolean isSent() {
        return direction.equals("sendrecv") || direction.equals("sendonly");
    }
}
