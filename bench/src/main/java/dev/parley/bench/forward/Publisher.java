package dev.parley.bench.forward;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.startup.SyntheticStream;
import dev.parley.sfu.udp.MediaPath;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.udp.UdpPort;
import java.lang.foreign.Arena;

/**
 * Publishes one stream. The packets of a frame arrive together, as from a network card that collects what came in a few
 * microseconds; or apart, each by a system call of its own.
 */
final class Publisher implements AutoCloseable {
    private final UdpPort port;
    private final Traffic traffic;
    private final boolean together;
    private final Arena arena = Arena.ofShared();
    private final OutBatch batch;
    private final SrtpSender srtp;
    private final SyntheticStream stream;
    private long sent;

    /** Publishes through this port, which it closes at its end. */
    Publisher(UdpPort port, Subject.Way way, Traffic traffic, boolean together) {
        this.port = port;
        this.traffic = traffic;
        this.together = together;
        srtp = MediaPath.choose(HotPath.AUTO).srtp().sender(way.publisher());
        batch = new OutBatch(traffic.burst(), arena, port::send);
        stream = new SyntheticStream(arena, batch, way.to(), srtp, traffic.video(), true, traffic.payload());
    }

    /** Sends a frame of video, or a packet of audio. */
    void burst() {
        stream.stamp(System.nanoTime());
        for (int i = 0; i < traffic.burst(); i++) {
            stream.packet(i, traffic.burst());
            if (!together) {
                port.send(batch);
            }
        }
        port.send(batch);
        sent += traffic.burst();
    }

    /** Packets so far. */
    long sent() {
        return sent;
    }

    @Override
    public void close() {
        port.close();
        srtp.close();
        arena.close();
    }
}
