package dev.parley.sfu;

import java.util.Locale;

/** Who starts the DTLS handshake. In JSON the lower-case name, which is what {@link #toString()} gives. */
public enum DtlsRole {
    /** Undecided: the SFU becomes the server. */
    AUTO,
    /** Sends the ClientHello. */
    CLIENT,
    /** Waits for the ClientHello. */
    SERVER;

    /** The role with this JSON name, in any case. */
    public static DtlsRole of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "client" -> CLIENT;
            case "server" -> SERVER;
            default -> throw new SfuException(
                    "invalid-parameters",
                    "The DTLS role must be \"auto\", \"client\" or \"server\", not \"" + name + "\".");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
