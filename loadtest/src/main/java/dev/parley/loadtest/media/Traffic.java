package dev.parley.loadtest.media;

/** What went through one media thread since its start. Written by that thread; {@link #copy} is for others. */
public final class Traffic {
    long receivedPackets;
    long receivedBytes;
    long sentPackets;
    long sentBytes;
    long resentPackets;
    long nacksReceived;
    long feedbackReceived;
    long controlSent;
    long notAuthentic;
    long unannounced;
    long imitatedLosses;
    long keyFrameRequests;

    /** The same counts, apart. */
    public Traffic copy() {
        var copy = new Traffic();
        copy.add(this, 1);
        return copy;
    }

    /** Adds another's counts, or takes them away. @param sign 1 or −1 */
    public void add(Traffic other, int sign) {
        receivedPackets += sign * other.receivedPackets;
        receivedBytes += sign * other.receivedBytes;
        sentPackets += sign * other.sentPackets;
        sentBytes += sign * other.sentBytes;
        resentPackets += sign * other.resentPackets;
        nacksReceived += sign * other.nacksReceived;
        feedbackReceived += sign * other.feedbackReceived;
        controlSent += sign * other.controlSent;
        notAuthentic += sign * other.notAuthentic;
        unannounced += sign * other.unannounced;
        imitatedLosses += sign * other.imitatedLosses;
        keyFrameRequests += sign * other.keyFrameRequests;
    }

    /** RTP packets that the server sent to us, those included that the imitation then lost. */
    public long receivedPackets() {
        return receivedPackets;
    }

    /** Bytes of those, as UDP carries them. */
    public long receivedBytes() {
        return receivedBytes;
    }

    /** RTP packets sent, without those sent again. */
    public long sentPackets() {
        return sentPackets;
    }

    /** Bytes of those, as UDP carries them. */
    public long sentBytes() {
        return sentBytes;
    }

    /** RTP packets sent again. */
    public long resentPackets() {
        return resentPackets;
    }

    /** Packets that the server missed. */
    public long nacksReceived() {
        return nacksReceived;
    }

    /** Transport-wide feedback that came. */
    public long feedbackReceived() {
        return feedbackReceived;
    }

    /** RTCP datagrams sent. */
    public long controlSent() {
        return controlSent;
    }

    /** Packets whose authentication failed. */
    public long notAuthentic() {
        return notAuthentic;
    }

    /** Packets of streams that signalling did not announce. */
    public long unannounced() {
        return unannounced;
    }

    /** Datagrams that the imitation lost, both ways. */
    public long imitatedLosses() {
        return imitatedLosses;
    }

    /** Key frames that the server asked for. */
    public long keyFrameRequests() {
        return keyFrameRequests;
    }
}
