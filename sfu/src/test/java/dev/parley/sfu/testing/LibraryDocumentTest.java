package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.Consumer;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.Producer;
import dev.parley.sfu.Router;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.WebRtcTransport;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/library.md is compiled as it stands there, and carries a real stream between two clients. */
class LibraryDocumentTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\\R(import dev\\.parley\\.sfu.*?)```", Pattern.DOTALL);

    private static String example() throws Exception {
        var document = Path.of("docs/library.md");
        var text = Files.readString(Files.exists(document) ? document : Path.of("..").resolve(document));
        var matcher = EXAMPLE.matcher(text);
        assertTrue(matcher.find(), "docs/library.md has an example");
        return matcher.group(1);
    }

    @Test
    void theExampleHasLessThanTwentyLines() throws Exception {
        long lines = example().lines().filter(line -> !line.isBlank()).count();
        assertTrue(lines < 20, lines + " lines");
    }

    @Test
    void theExampleCarriesMedia(@TempDir Path directory) throws Exception {
        try (var classes = compile(directory);
                var meeting = (AutoCloseable)
                        classes.loadClass("Meeting").getConstructor().newInstance()) {
            var type = meeting.getClass();
            var router = (Router) type.getField("router").get(meeting);
            try (var publisher = UdpMember.join(router, Role.CLIENT);
                    var subscriber = UdpMember.join(router, Role.CLIENT)) {
                var spec = StreamSpec.video(1, 1_001, 96, Conference.EXTENSIONS).withMid("0");
                var producer = (Producer) type.getMethod(
                                "publish", WebRtcTransport.class, MediaKind.class, RtpParameters.class)
                        .invoke(meeting, publisher.transport(), MediaKind.VIDEO, Negotiation.toProduce(spec));
                var consumer = (Consumer) type.getMethod(
                                "subscribe", WebRtcTransport.class, String.class, RtpCapabilities.class)
                        .invoke(meeting, subscriber.transport(), producer.id(), router.rtpCapabilities());
                var incoming = subscriber.receive(consumer, spec);
                consumer.resume();
                publisher.send(spec);
                subscriber.peer().await("frames", Duration.ofSeconds(10), engine -> incoming.frames() >= 30);
                assertEquals(List.of(), subscriber.peer().on((engine, now) -> incoming.wrong()));
            }
        }
    }

    private static URLClassLoader compile(Path directory) throws Exception {
        var source = Files.writeString(directory.resolve("Meeting.java"), example());
        var javac = ToolProvider.findFirst("javac").orElseThrow();
        var messages = new StringWriter();
        int result = javac.run(
                new PrintWriter(messages),
                new PrintWriter(messages),
                "-d",
                directory.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
        assertEquals(0, result, messages.toString());
        return new URLClassLoader(new URL[] {directory.toUri().toURL()});
    }
}
