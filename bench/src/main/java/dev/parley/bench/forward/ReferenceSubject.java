package dev.parley.bench.forward;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.udp.UdpPort;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** One of the C programs in {@code bench/reference}; a process for each load. */
final class ReferenceSubject implements Subject {
    private final String name;
    private final Path program;
    private final int port;
    private final int firstSinkPort;
    private @Nullable Process process;

    ReferenceSubject(String name, Path program, int port, int firstSinkPort) {
        this.name = name;
        this.program = program;
        this.port = port;
        this.firstSinkPort = firstSinkPort;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long pid() {
        if (process == null) {
            throw new IllegalStateException("prepare() first");
        }
        return process.pid();
    }

    @Override
    public String threads() {
        return "";
    }

    @Override
    public Way prepare(Traffic traffic, Sinks sinks, UdpPort publisher) throws IOException {
        close();
        var started = new ProcessBuilder(
                        program.toString(),
                        Integer.toString(port),
                        Integer.toString(firstSinkPort),
                        Integer.toString(traffic.fanOut()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = started;
        if (!"ready".equals(started.inputReader().readLine())) {
            throw new IOException(program + " did not start");
        }
        var to = TransportAddress.of(InetAddress.getLoopbackAddress(), port);
        return new Way(to, keys("parley-bench-in!"), Collections.nCopies(traffic.fanOut(), keys("parley-bench-out")));
    }

    /** As common.h has them: there they are session keys, so that the program needs no derivation. */
    private static SrtpKeys keys(String key) {
        var bytes = key.getBytes(StandardCharsets.US_ASCII);
        var salt = "parley-salt!".getBytes(StandardCharsets.US_ASCII);
        return new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, bytes, salt, bytes, salt);
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            // By its handle: destroying the process itself would close the stream that its last words come through.
            process.toHandle().destroy();
            process.inputReader().readLine();
            process = null;
        }
    }
}
