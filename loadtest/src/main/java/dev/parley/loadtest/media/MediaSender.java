package dev.parley.loadtest.media;

import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What one transport sends: seals packets of its streams straight into the datagrams that leave. */
final class MediaSender {
    private static final int AUDIO_LEVEL = 0x80 | 40;

    private final MediaLoop loop;
    private final SrtpSender srtp;
    private final int socket;
    private final TransportAddress remote;
    private final RtpWriter writer = new RtpWriter();
    private final List<SendingStream> streams = new ArrayList<>();
    private int transportSequence;

    MediaSender(MediaLoop loop, SrtpSender srtp, int socket, TransportAddress remote) {
        this.loop = loop;
        this.srtp = srtp;
        this.socket = socket;
        this.remote = remote;
    }

    SendingStream add(Stream stream, Shape shape, long seed) {
        var sending = new SendingStream(stream, shape, this, loop.timers(), seed);
        streams.add(sending);
        return sending;
    }

    List<SendingStream> streams() {
        return streams;
    }

    /** Sends one packet of a stream. @return false when the imitation lost it */
    boolean send(SendingStream sending, int number, boolean again) {
        var out = loop.out();
        var memory = out.memory();
        long at = out.claim();
        int header = header(sending, number, again, out, at);
        int prefix = again ? 2 : 0;
        if (again) {
            Bytes.put16(memory, at + header, sending.sequence(number));
        }
        var payload = loop.payload();
        int length = sending.length(number);
        sending.describe(number, payload);
        payload.write(sending.stream().video(), memory, at + header + prefix, length);
        int sealed = srtp.sealRtp(memory, at, header, prefix + length, memory, at, 0);
        if (sealed < 0) {
            throw new IllegalStateException("A packet of our own cannot be sealed: " + sealed);
        }
        var traffic = loop.traffic();
        if (again) {
            traffic.resentPackets++;
        } else {
            traffic.sentPackets++;
            traffic.sentBytes += sealed;
        }
        return loop.commit(remote, socket, sealed);
    }

    private int header(SendingStream sending, int number, boolean again, OutBatch out, long at) {
        var stream = sending.stream();
        var ids = stream.extensions();
        writer.begin(
                out.memory(),
                at,
                again ? stream.rtxPayloadType() : stream.payloadType(),
                sending.marker(number),
                again ? sending.rtxSequence() : sending.sequence(number),
                sending.timestamp(number),
                again ? stream.rtxSsrc() : stream.ssrc());
        writer.beginExtensions(false);
        if (ids.id(RtpExtension.TRANSPORT_CC) != 0) {
            writer.extension16(ids.id(RtpExtension.TRANSPORT_CC), transportSequence++ & 0xffff);
        }
        if (ids.id(RtpExtension.ABS_SEND_TIME) != 0) {
            long now = loop.now();
            // Seconds with 18 bits of fraction, modulo 64.
            long fixed = (now / 1_000_000_000L << 18) + (now % 1_000_000_000L << 18) / 1_000_000_000L;
            writer.extension24(ids.id(RtpExtension.ABS_SEND_TIME), (int) fixed & 0xff_ffff);
        }
        if (!stream.video() && ids.id(RtpExtension.AUDIO_LEVEL) != 0) {
            writer.extension8(ids.id(RtpExtension.AUDIO_LEVEL), AUDIO_LEVEL);
        }
        return writer.finish();
    }

    /** Lets go what waits, so that little waits for the packets of others. */
    void flush() {
        loop.flushMany();
    }

    /** Seals and sends a compound that lies in the loop's scratch memory. */
    void sendControl(int length) {
        var scratch = loop.scratch();
        int sealed = srtp.sealRtcp(scratch, 0, length);
        if (sealed > 0) {
            var out = loop.out();
            long at = out.claim();
            MemorySegment.copy(scratch, 0, out.memory(), at, sealed);
            loop.traffic().controlSent++;
            loop.commit(remote, socket, sealed);
        }
    }

    void close() {
        streams.forEach(SendingStream::stop);
        srtp.close();
    }
}
