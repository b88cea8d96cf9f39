package dev.parley.server.room;

import dev.parley.sfu.MediaKind;
import java.util.Optional;

/** What a stream shows or lets hear. The JSON name is what {@link #toString()} gives. */
public enum Source {
    /** The participant's voice; only this counts for audio levels and for the active speaker. */
    MICROPHONE("microphone", MediaKind.AUDIO),
    /** The participant's picture. */
    CAMERA("camera", MediaKind.VIDEO),
    /** A shared screen, window or tab. */
    SCREEN("screen", MediaKind.VIDEO),
    /** What a shared screen, window or tab plays. */
    SCREEN_AUDIO("screenAudio", MediaKind.AUDIO);

    private final String text;
    private final MediaKind kind;

    Source(String text, MediaKind kind) {
        this.text = text;
        this.kind = kind;
    }

    /** The source with this JSON name. */
    public static Optional<Source> of(String text) {
        for (var source : values()) {
            if (source.text.equals(text)) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    /** The only kind of media that such a source can have. */
    public MediaKind kind() {
        return kind;
    }

    @Override
    public String toString() {
        return text;
    }
}
