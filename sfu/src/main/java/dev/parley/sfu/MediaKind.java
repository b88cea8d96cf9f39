package dev.parley.sfu;

import java.util.Locale;

/** Audio or video. In JSON: {@code "audio"} and {@code "video"}, which is what {@link #toString()} gives. */
public enum MediaKind {
    /** Sound. */
    AUDIO,
    /** Pictures: a camera or a screen. */
    VIDEO;

    /** The kind with this JSON name, in any case. */
    public static MediaKind of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "audio" -> AUDIO;
            case "video" -> VIDEO;
            default -> throw new SfuException(
                    "invalid-parameters", "The media kind must be \"audio\" or \"video\", not \"" + name + "\".");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
