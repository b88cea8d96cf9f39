package dev.parley.bench.micro;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
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

/** Sealing a packet; and sealing and opening it, because no packet can be opened twice. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class SrtpBenchmark {
    private static final int SLOT = 2_048;

    @Param({"NATIVE", "JAVA"})
    SrtpProvider provider = SrtpProvider.JAVA;

    @Param({"AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_80"})
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    @Param({"120", "1100"})
    int payload;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment media = arena.allocate(SLOT, 64);
    private final MemorySegment sealed = arena.allocate(SLOT, 64);
    private final MemorySegment opened = arena.allocate(SLOT, 64);
    private final RtpWriter writer = new RtpWriter();
    private SrtpSender sender = SrtpProvider.JAVA.sender(keys(SrtpProfile.AEAD_AES_128_GCM));
    private SrtpReceiver receiver = SrtpProvider.JAVA.receiver(keys(SrtpProfile.AEAD_AES_128_GCM));
    private int header;
    private int sequence;

    /** Makes the ciphers. */
    @Setup(Level.Trial)
    public void prepare() {
        sender = provider.sender(keys(profile));
        receiver = provider.receiver(keys(profile).mirrored());
        writer.begin(sealed, 0, 96, false, 0, 0, 1);
        writer.beginExtensions(false);
        writer.extension16(5, 1);
        header = writer.finish();
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void close() {
        sender.close();
        receiver.close();
        arena.close();
    }

    private static SrtpKeys keys(SrtpProfile profile) {
        var random = new Random(1);
        var parts = new byte[4][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new byte[i % 2 == 0 ? profile.keyLength() : profile.saltLength()];
            random.nextBytes(parts[i]);
        }
        return new SrtpKeys(profile, parts[0], parts[1], parts[2], parts[3]);
    }

    /** Header as it stands, payload appended. */
    @Benchmark
    public int seal() {
        Bytes.put16(sealed, 2, sequence++ & 0xffff);
        return sender.sealRtp(sealed, 0, header, 0, media, 0, payload);
    }

    /** What a packet costs the SFU that goes to a single subscriber. */
    @Benchmark
    public int sealAndOpen() {
        int length = seal();
        return receiver.openRtp(sealed, 0, length, opened, 0);
    }
}
