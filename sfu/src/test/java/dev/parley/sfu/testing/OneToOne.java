package dev.parley.sfu.testing;

import dev.parley.sfu.Consumer;
import dev.parley.sfu.HotPath;
import dev.parley.sfu.Producer;
import dev.parley.sfu.Router;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import java.io.IOException;

/** The smallest meeting over real sockets: one who announced a picture, and one who subscribed to it. */
record OneToOne(
        Sfu sfu,
        Router router,
        UdpMember publisher,
        Producer producer,
        UdpMember subscriber,
        Consumer consumer,
        IncomingStream incoming)
        implements AutoCloseable {
    /** With an SFU of its own on the loopback address. */
    static OneToOne start(HotPath hotPath, int lanes) throws IOException {
        var sfu = RealSfu.start(hotPath, lanes, "127.0.0.1");
        try {
            var router = sfu.createRouter(RouterOptions.defaults());
            var publisher = UdpMember.join(router, Role.CLIENT);
            var subscriber = UdpMember.join(router, Role.CLIENT);
            var producer = publisher.produce(UdpMember.VIDEO);
            var subscribed = subscriber.subscribe(producer, UdpMember.VIDEO);
            return new OneToOne(
                    sfu, router, publisher, producer, subscriber, subscribed.consumer(), subscribed.incoming());
        } catch (IOException | RuntimeException failure) {
            sfu.close();
            throw failure;
        }
    }

    /** The publisher begins to send. */
    OutgoingStream send() {
        return publisher.send(UdpMember.VIDEO);
    }

    @Override
    public void close() {
        subscriber.close();
        publisher.close();
        router.close();
        sfu.close();
    }
}
