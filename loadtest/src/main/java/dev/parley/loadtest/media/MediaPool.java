package dev.parley.loadtest.media;

import dev.parley.sfu.engine.dtls.DtlsFingerprint;
import dev.parley.sfu.engine.ice.IceCredentials;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All media threads of a test, as people use them: transports that send are on other threads than those that receive,
 * so that it shows what each costs. From any thread.
 */
public final class MediaPool implements AutoCloseable {
    private final MediaLoop.Setup setup;
    /** How the names of threads begin whose transports send. */
    public static final String SENDING = "media-send-";
    /** How the names of threads begin whose transports receive. */
    public static final String RECEIVING = "media-receive-";

    private final List<MediaLoop> loops = new ArrayList<>();
    private final int threads;
    private final AtomicInteger next = new AtomicInteger();

    /** Starts so many threads that send, and as many that receive. */
    public MediaPool(MediaLoop.Setup setup, int threads) {
        this.setup = setup;
        this.threads = threads;
        for (int i = 0; i < threads; i++) {
            loops.add(MediaLoop.start(setup, SENDING + i, i));
        }
        for (int i = 0; i < threads; i++) {
            loops.add(MediaLoop.start(setup, RECEIVING + i, threads + i));
        }
    }

    /** A transport and its thread. */
    public final class Handle {
        private final MediaLoop loop;
        private final MediaTransport transport;

        private Handle(MediaLoop loop, MediaTransport transport) {
            this.loop = loop;
            this.transport = transport;
        }

        /** Done when there are keys. */
        public CompletableFuture<Boolean> connected() {
            return transport.connected();
        }

        /** Begins to send a stream. */
        public SendingStream send(Stream stream, Shape shape, long seed) {
            return loop.call(() -> transport.send(stream, shape, seed));
        }

        /** Expects a stream. @param askedAt when the server was asked for it, by {@link System#nanoTime} */
        public ReceivingStream receive(Stream stream, boolean checked, long askedAt) {
            var receiving = new ReceivingStream(stream, checked, askedAt, setup.patience());
            loop.call(() -> {
                transport.receive(receiving);
                return true;
            });
            return receiving;
        }

        /** Expects a stream no more. @return what came of it */
        public StreamResult forget(ReceivingStream receiving) {
            return loop.call(() -> {
                transport.forget(receiving);
                return receiving.result();
            });
        }

        /** What came of a stream so far. */
        public StreamResult result(ReceivingStream receiving) {
            return loop.call(receiving::result);
        }

        /** The number of a stream's newest packet. */
        public int lastNumber(SendingStream sending) {
            return loop.call(sending::lastNumber);
        }

        /** Says goodbye, and closes the socket. */
        public void close() {
            loop.call(() -> {
                transport.close(loop.now());
                return true;
            });
        }
    }

    /** What the server must know of us. */
    public List<DtlsFingerprint> fingerprints() {
        return setup.certificate().fingerprints();
    }

    /**
     * Begins to connect a transport.
     *
     * @param sends whether it will send media, or receive
     * @param local the address of this machine that the server is reached from
     */
    public Handle connect(boolean sends, InetAddress local, MediaTransport.Remote remote) {
        var loopback = ThisMachine.loopbackOf(remote.candidates());
        boolean near = setup.share() && !loopback.isEmpty();
        var reached = near ? remote.at(loopback) : remote;
        var loop = loops.get((sends ? 0 : threads) + Math.floorMod(next.getAndIncrement() / 2, threads));
        var transport = loop.call(() -> {
            var own = IceCredentials.generate(loop.random());
            var made = loop.open(local, near, socket -> new MediaTransport(loop, socket, own, reached));
            made.start(loop.now());
            return made;
        });
        return new Handle(loop, transport);
    }

    /** What went through all threads so far. */
    public Traffic traffic() {
        var all = new Traffic();
        loops.forEach(loop -> all.add(loop.trafficSoFar(), 1));
        return all;
    }

    /** The delays of all packets that came since this was last asked. */
    public Delays takeDelays() {
        var all = new Delays();
        loops.forEach(loop -> all.add(loop.takeDelays()));
        return all;
    }

    /** How many sockets there are. */
    public int sockets() {
        return loops.stream().mapToInt(MediaLoop::sockets).sum();
    }

    /** How many datagrams the sockets refused to send. */
    public long refused() {
        return loops.stream().mapToLong(MediaLoop::refused).sum();
    }

    @Override
    public void close() {
        loops.forEach(MediaLoop::close);
    }
}
