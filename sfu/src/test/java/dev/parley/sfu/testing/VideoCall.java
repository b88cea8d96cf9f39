package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** One who sends video, by way of the SFU, to one who watches: how most stories begin. */
record VideoCall(
        Conference.Member publisher,
        Conference.Member subscriber,
        VirtualSfu.Published video,
        VirtualSfu.Subscribed subscribed,
        OutgoingStream sending) {
    /** Both join and connect; the video begins with the next run of the network. */
    static VideoCall in(Conference conference) {
        var publisher = conference.join();
        var subscriber = conference.join();
        assertTrue(conference.connected());
        var video = conference.publishVideo(publisher, 1);
        var subscribed = conference.subscribe(video, subscriber);
        return new VideoCall(publisher, subscriber, video, subscribed, conference.send(publisher, video));
    }

    /** What arrives at the one who watches. */
    IncomingStream incoming() {
        return subscribed.incoming();
    }
}
