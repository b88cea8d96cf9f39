package dev.parley.bench.forward;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.lane.NioUdpPort;
import dev.parley.sfu.lane.OutBatch;
import dev.parley.sfu.lane.PosixUdpPort;
import dev.parley.sfu.lane.UdpPort;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;

/**
 * Sends one stream of SRTP. The packets of a frame arrive together, as from a network card that collects what came in a few
 * microseconds; or apart, each by a system call of its own.
 */
final class Publisher implements AutoCloseable {
    static final long SSRC = 0x1000_0000L;
    static final int VIDEO_TYPE = 96;
    static final int AUDIO_TYPE = 111;
    static final int TRANSPORT_CC_ID = 5;
    static final byte LAST_BYTE = 0x5a;
    private static final int KEY_FRAME_EVERY = 300;

    private final UdpPort port;
    private final OutBatch batch;
    private final boolean together;
    private final TransportAddress to;
    private final Traffic traffic;
    private final SrtpSender srtp;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment media;
    private final RtpWriter writer = new RtpWriter();
    private int sequence;
    private long frame;
    private long sent;

    /** Takes the port of a socket, which it closes: whoever it was connected to does not see a difference. */
    Publisher(DatagramChannel channel, InetSocketAddress to, SrtpKeys keys, Traffic traffic, boolean together)
            throws IOException {
        var local = (InetSocketAddress) channel.getLocalAddress();
        channel.close();
        boolean isNative = SrtpProvider.NATIVE.unavailable().isEmpty() && PosixUdpPort.isSupported();
        var addresses = List.of(local.getAddress());
        port = isNative
                ? PosixUdpPort.bind(local.getPort(), addresses, false)
                : NioUdpPort.bind(local.getPort(), addresses);
        srtp = (isNative ? SrtpProvider.NATIVE : SrtpProvider.JAVA).sender(keys);
        batch = new OutBatch(traffic.burst(), arena, port::send);
        this.together = together;
        this.to = TransportAddress.of(to);
        this.traffic = traffic;
        media = arena.allocate(OutBatch.SLOT, 64);
        media.set(ValueLayout.JAVA_BYTE, traffic.payload() - 1L, LAST_BYTE);
    }

    /** Sends a frame of video, or a packet of audio. */
    void burst() {
        boolean keyFrame = frame % KEY_FRAME_EVERY == 0;
        for (int i = 0; i < traffic.burst(); i++) {
            batch.commit(to, 0, write(batch.memory(), batch.claim(), i, keyFrame));
            if (!together) {
                port.send(batch);
            }
        }
        port.send(batch);
        sent += traffic.burst();
        frame++;
    }

    private int write(MemorySegment out, long at, int index, boolean keyFrame) {
        boolean last = index == traffic.burst() - 1;
        long timestamp = frame * (traffic.video() ? 3_000 : 960);
        writer.begin(out, at, traffic.video() ? VIDEO_TYPE : AUDIO_TYPE, last, sequence, timestamp, SSRC);
        writer.beginExtensions(false);
        writer.extension16(TRANSPORT_CC_ID, sequence);
        int header = writer.finish();
        // VP8 (RFC 7741, 4.2): the first packet of a frame, and in it whether the frame is a key frame.
        media.set(ValueLayout.JAVA_BYTE, 0, (byte) (index == 0 ? 0x10 : 0));
        media.set(ValueLayout.JAVA_BYTE, 1, (byte) (keyFrame ? 0x10 : 0x11));
        sequence = sequence + 1 & 0xffff;
        return srtp.sealRtp(out, at, header, 0, media, 0, traffic.payload());
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
