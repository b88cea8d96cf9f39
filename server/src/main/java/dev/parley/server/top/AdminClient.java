package dev.parley.server.top;

import dev.parley.server.admin.StatsReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running server over its admin socket. */
public final class AdminClient {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final byte[] REQUEST =
            "GET /stats HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Path socket;

    /** Asks the server whose socket this is. */
    public AdminClient(Path socket) {
        this.socket = socket;
    }

    /** The server now. @throws IOException when no server answers, or with something else */
    public StatsReport report() throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            var request = ByteBuffer.wrap(REQUEST);
            while (request.hasRemaining()) {
                channel.write(request);
            }
            var answer = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(answer);
            return parse(answer.toString(StandardCharsets.UTF_8));
        }
    }

    private static StatsReport parse(String answer) throws IOException {
        int body = answer.indexOf("\r\n\r\n");
        if (body < 0 || !answer.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("unexpected answer: " + answer.lines().findFirst().orElse("nothing"));
        }
        try {
            return MAPPER.readValue(answer.substring(body), StatsReport.class);
        } catch (JacksonException e) {
            throw new IOException("the answer is of another version of Parley: " + e.getOriginalMessage(), e);
        }
    }
}
