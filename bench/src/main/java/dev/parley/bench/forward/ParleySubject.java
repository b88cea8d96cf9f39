package dev.parley.bench.forward;

import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsFingerprint;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.udp.UdpPort;
import dev.parley.sfu.wire.TransportAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Parley's SFU in a {@link ForwardServer} process: one process for all loads, as it would be in use. */
final class ParleySubject implements Subject {
    private final String name;
    private final Process process;
    private final BufferedReader in;
    private final Writer out;
    private final SecureRandom random = new SecureRandom();
    private final DtlsCertificate certificate = DtlsCertificate.generate(random);

    /** The subject of a name such as native, java, native2: the hot path, and how many lanes if not one. */
    static ParleySubject named(String name, List<String> options) throws IOException {
        var words = Pattern.compile("(native|java)([0-9]*)").matcher(name);
        if (!words.matches()) {
            throw new IllegalArgumentException("Unknown subject " + name);
        }
        return new ParleySubject(name, words.group(1), words.group(2).isEmpty() ? "1" : words.group(2), options);
    }

    /** @param options of the virtual machine, besides those of the script {@code run} */
    private ParleySubject(String name, String path, String lanes, List<String> options) throws IOException {
        this.name = name;
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseZGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED"));
        command.add("-Dlogback.configurationFile=forward-logback.xml");
        command.addAll(options);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), ForwardServer.class.getName(), path, lanes));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = process.inputReader();
        out = process.outputWriter();
        var ready = in.readLine();
        if (ready == null || !ready.startsWith("ready " + path)) {
            throw new IOException("The SFU did not start on the path " + path + " but said: " + ready);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String threads() {
        return ForwardServer.LANES;
    }

    @Override
    public Way prepare(Traffic traffic, Sinks sinks, UdpPort publisher) throws IOException {
        var fingerprint = certificate.fingerprints().getFirst().value();
        say("room " + (traffic.video() ? "video " : "audio ") + traffic.fanOut() + " " + fingerprint);
        var transports = new ArrayList<ClientLink.Target>();
        for (var line = in.readLine(); !"end".equals(line); line = in.readLine()) {
            transports.add(transport(line));
        }
        var keys = connect(publisher, transports.getFirst());
        var subscribers = new ArrayList<SrtpKeys>();
        for (int i = 0; i < traffic.fanOut(); i++) {
            subscribers.add(connect(sinks.port(i), transports.get(i + 1)));
        }
        return new Way(transports.getFirst().address(), keys, subscribers);
    }

    private SrtpKeys connect(UdpPort port, ClientLink.Target to) throws IOException {
        return ClientLink.connect(port, to, certificate, SrtpProfile.AEAD_AES_128_GCM, random);
    }

    private static ClientLink.Target transport(String line) throws IOException {
        var words = line.split(" ");
        if (words.length != 5) {
            throw new IOException("The SFU failed: " + line);
        }
        return new ClientLink.Target(
                TransportAddress.of(InetAddress.getLoopbackAddress(), Integer.parseInt(words[0])),
                new IceCredentials(words[1], words[2]),
                new DtlsFingerprint(words[3], words[4]));
    }

    @Override
    public long allocated() throws IOException {
        say("allocated");
        return Long.parseLong(in.readLine());
    }

    private void say(String line) throws IOException {
        out.write(line + "\n");
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
