package dev.parley.bench.micro;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.forward.Forwarder;
import dev.parley.sfu.engine.stream.PacketRing;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.engine.stream.RecvStreamConfig;
import dev.parley.sfu.engine.stream.RemoteClock;
import dev.parley.sfu.engine.stream.SendStreamConfig;
import dev.parley.sfu.engine.stream.TransportCounter;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.codec.PayloadFormat;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A packet into the ring, and out of it to each reader with a header of its own, without ciphers and sockets. With 0 readers
 * it is the ring's part and the stream's accounts alone; what a reader adds is its part, mostly the header.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class FanOutBenchmark {
    private static final long SSRC = 1;
    private static final int TYPE = 96;
    private static final int PAYLOAD = 1_100;
    private static final long STEP_NANOS = 1_000_000;
    private static final RtpExtensionIds IDS = RtpExtensionIds.NONE
            .with(RtpExtension.MID, 1)
            .with(RtpExtension.ABS_SEND_TIME, 2)
            .with(RtpExtension.TRANSPORT_CC, 3);

    @Param({"0", "1", "10", "50"})
    int readers;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment out = arena.allocate(2_048, 64);
    private final RtpWriter writer = new RtpWriter();
    private final RecvStream stream = new RecvStream(
            new RecvStreamConfig(
                    SSRC,
                    TYPE,
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    PayloadFormat.VP8,
                    90_000,
                    IDS,
                    true,
                    RecvStreamConfig.KeyFrameRequest.PLI,
                    PacketRing.VIDEO_CAPACITY),
            1,
            new RemoteClock(),
            new DropCounters());
    private final List<Forwarder> forwarders = new ArrayList<>();
    private long number;

    /** Makes the readers. */
    @Setup(Level.Trial)
    public void prepare() {
        for (int i = 0; i < readers; i++) {
            var config = new SendStreamConfig(
                    SSRC, TYPE, OptionalLong.empty(), OptionalInt.empty(), 90_000, "b", Optional.of("0"), IDS, true,
                    true, 0, 0);
            var forwarder = new Forwarder(config, stream.ring(), stream.clock(), new TransportCounter());
            forwarder.resume();
            forwarders.add(forwarder);
        }
    }

    /** Frees the ring. */
    @TearDown(Level.Trial)
    public void close() {
        forwarders.forEach(Forwarder::close);
        stream.close();
        arena.close();
    }

    /** One packet to all readers. */
    @Benchmark
    public int packet() {
        long now = number * STEP_NANOS;
        long at = stream.ring().claim();
        var memory = stream.ring().memory();
        writer.begin(memory, at, TYPE, true, (int) number, number * 90, SSRC);
        writer.beginExtensions(false);
        writer.extension16(3, (int) number);
        int header = writer.finish();
        Bytes.put8(memory, at + header, 0x10);
        Bytes.put8(memory, at + header + 1, number++ % 1_000 == 0 ? 0x10 : 0x11);
        stream.receive(now, header + PAYLOAD);
        int sent = 0;
        for (int i = 0; i < forwarders.size(); i++) {
            var forwarder = forwarders.get(i);
            while (forwarder.next(now, out, 0) > 0) {
                sent += forwarder.confirm(now) ? 1 : 0;
            }
        }
        return sent;
    }
}
