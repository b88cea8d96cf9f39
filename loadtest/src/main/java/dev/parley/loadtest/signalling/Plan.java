package dev.parley.loadtest.signalling;

import dev.parley.loadtest.media.Shape;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one person does.
 *
 * @param sends its streams
 * @param connectsToSend whether it has a transport for them, be there any or not
 * @param receives whether it takes the streams of others
 */
public record Plan(List<Source> sends, boolean connectsToSend, boolean receives) {
    /**
     * A stream that somebody sends.
     *
     * @param source as signalling names it: microphone, camera, screen
     * @param video whether it is video
     * @param shape makes the shape of one such stream
     */
    public record Source(String source, boolean video, Supplier<Shape> shape) {}
}
