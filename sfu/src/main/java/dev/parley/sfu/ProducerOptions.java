package dev.parley.sfu;

/**
 * What a participant is going to send.
 *
 * @param kind audio or video
 * @param rtpParameters what the participant's client negotiated
 * @param paused whether the producer starts paused
 */
public record ProducerOptions(MediaKind kind, RtpParameters rtpParameters, boolean paused) {
    /** Options of a producer that starts at once. */
    public ProducerOptions(MediaKind kind, RtpParameters rtpParameters) {
        this(kind, rtpParameters, false);
    }

    /** A copy that starts paused or not. */
    public ProducerOptions withPaused(boolean startPaused) {
        return new ProducerOptions(kind, rtpParameters, startPaused);
    }
}
