package dev.parley.loadtest.media;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.dtls.DtlsConfig;
import dev.parley.sfu.engine.dtls.DtlsEndpoint;
import dev.parley.sfu.engine.dtls.DtlsFailure;
import dev.parley.sfu.engine.dtls.DtlsFingerprint;
import dev.parley.sfu.engine.ice.IceClient;
import dev.parley.sfu.engine.ice.IceConfig;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.lane.Demux;
import dev.parley.sfu.lane.Timers;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One WebRTC transport of one person: a socket of its own, ICE as the controlling side, DTLS as the client, and the
 * media once there are keys. Belongs to a {@link MediaLoop}'s thread.
 */
public final class MediaTransport {
    private final MediaLoop loop;
    private final int socket;
    private final IceClient ice;
    private final DtlsEndpoint dtls;
    private final Timers.Timer timer = Timers.Timer.exact(this::due);
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private @Nullable Media media;
    private boolean dtlsStarted;
    private boolean closed;

    /** What there is once there are keys. */
    private record Media(MediaSender sender, MediaReceiver receiver, Control control) {}

    private final IceClient.Out iceOut = new IceClient.Out() {
        @Override
        public void send(TransportAddress to, byte[] datagram) {
            loop.send(to, socket, datagram);
        }

        @Override
        public void selected(TransportAddress remote) {
            if (!dtlsStarted) {
                dtlsStarted = true;
                dtls.start(loop.now(), dtlsOut);
            }
        }

        @Override
        public void failed() {
            connected.completeExceptionally(new MediaException("ICE found no way to the server, or lost it. Is its "
                    + "UDP port open, and are its candidates (--announced-address) addresses that this machine can "
                    + "reach?"));
        }
    };

    private final DtlsEndpoint.Out dtlsOut = new DtlsEndpoint.Out() {
        @Override
        public void send(byte[] datagram) {
            ice.selected().ifPresent(remote -> loop.send(remote, socket, datagram));
        }

        @Override
        public void connected(SrtpKeys keys) {
            begin(keys);
        }

        @Override
        public void failed(DtlsFailure why) {
            connected.completeExceptionally(new MediaException("DTLS failed: " + why));
        }

        @Override
        public void closed() {
            connected.completeExceptionally(new MediaException("The server ended the DTLS connection."));
        }
    };

    MediaTransport(MediaLoop loop, int socket, IceCredentials own, Remote remote) {
        this.loop = loop;
        this.socket = socket;
        ice = new IceClient(own, remote.credentials(), loop.random(), IceConfig.defaults());
        long priority = 2_000_000_000L;
        for (var candidate : remote.candidates()) {
            ice.addRemoteCandidate(candidate, priority--);
        }
        dtls = new DtlsEndpoint(
                DtlsEndpoint.Role.CLIENT,
                loop.certificate(),
                remote.fingerprints(),
                loop.random(),
                DtlsConfig.defaults(),
                new DropCounters());
    }

    /**
     * The server's end, as signalling tells it.
     *
     * @param credentials of ICE
     * @param candidates where it can be reached, best first
     * @param fingerprints of its certificate
     */
    public record Remote(
            IceCredentials credentials, List<TransportAddress> candidates, List<DtlsFingerprint> fingerprints) {
        /** The same at other candidates. */
        Remote at(List<TransportAddress> others) {
            return new Remote(credentials, others, fingerprints);
        }
    }

    void start(long now) {
        loop.connecting(1);
        connected.whenComplete((done, failure) -> loop.connecting(-1));
        ice.start(now, iceOut);
        reschedule();
    }

    /** Done when there are keys; fails with a {@link MediaException} when there will be none. */
    CompletableFuture<Boolean> connected() {
        return connected;
    }

    private void begin(SrtpKeys keys) {
        var remote = ice.selected().orElseThrow();
        var sender = new MediaSender(loop, loop.srtp().sender(keys), socket, remote);
        var receiver = new MediaReceiver(loop, loop.srtp().receiver(keys));
        var control = new Control(loop, sender, receiver, loop.now(), loop.random().nextInt(1 << 30));
        media = new Media(sender, receiver, control);
        connected.complete(true);
    }

    /** Adds a stream and begins to send it; there must be keys. */
    SendingStream send(Stream stream, Shape shape, long seed) {
        var sending = media().sender.add(stream, shape, seed);
        sending.start(loop.now());
        return sending;
    }

    /** Expects a stream; there must be keys. */
    void receive(ReceivingStream receiving) {
        media().receiver.add(receiving);
    }

    /** Expects a stream no more. */
    void forget(ReceivingStream receiving) {
        if (media != null) {
            media.receiver.remove(receiving);
        }
    }

    private Media media() {
        if (media == null) {
            throw new IllegalStateException("This transport has no keys yet");
        }
        return media;
    }

    /** A datagram came to the socket. */
    void receive(long now, TransportAddress from, MemorySegment in, long at, int length) {
        var kind = Demux.of(in, at, length);
        if (kind == Demux.RTP) {
            loop.traffic().receivedPackets++;
            loop.traffic().receivedBytes += length;
        }
        if (loop.loses()) {
            if (kind == Demux.RTP && media != null) {
                media.receiver.lost(in, at, length);
            }
            return;
        }
        switch (kind) {
            case RTP -> receiveMedia(now, in, at, length);
            case RTCP -> {
                if (media != null) {
                    media.control.receive(now, in, at, length);
                }
            }
            case STUN -> {
                ice.receive(now, from, bytes(in, at, length), iceOut);
                reschedule();
            }
            case DTLS -> {
                dtls.receive(now, bytes(in, at, length), dtlsOut);
                reschedule();
            }
            case UNKNOWN -> {}
        }
    }

    private void receiveMedia(long now, MemorySegment in, long at, int length) {
        if (media != null) {
            var receiving = media.receiver.receive(now, in, at, length);
            if (receiving != null) {
                media.control.received(receiving);
            }
        }
    }

    private static byte[] bytes(MemorySegment in, long at, int length) {
        return in.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private void due(long now) {
        ice.timeout(now, iceOut);
        if (dtls.nextTimeout() <= now) {
            dtls.timeout(now, dtlsOut);
        }
        reschedule();
    }

    private void reschedule() {
        long next = Math.min(ice.nextTimeout(), dtls.nextTimeout());
        loop.timers().set(timer, closed ? Timers.NEVER : next);
    }

    /** Says goodbye, and ends. */
    void close(long now) {
        if (closed) {
            return;
        }
        closed = true;
        dtls.close(now, dtlsOut);
        loop.flush();
        connected.completeExceptionally(new MediaException("The transport was closed."));
        reschedule();
        if (media != null) {
            media.control.close();
            media.sender.close();
            media.receiver.close();
            media = null;
        }
        loop.release(socket);
    }
}
