package dev.parley.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.RawHttp;
import dev.parley.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the alerts ask for what there is. */
final class DashboardTest {
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Pattern METRIC = Pattern.compile("\\b(?:parley|process|jvm)_[a-z0-9_]+");

    @Test
    void askOnlyForMetricsThatTheServerHas(@TempDir Path folder) throws IOException {
        var dashboard = Files.readString(DEPLOY.resolve("grafana/parley.json"));
        assertEquals("Parley", new JsonMapper().readTree(dashboard).get("title").stringValue());
        String page;
        try (var server = TestServer.start(folder, Map.of("PARLEY_METRICS_ADDRESS", "127.0.0.1:0"))) {
            int port = server.parley().admin().metricsAddress().orElseThrow().getPort();
            page = RawHttp.send(port, false, "GET", "localhost", "/metrics").text();
        }
        var known = new TreeSet<String>();
        ExpositionParser.parse(page).forEach((name, family) -> {
            known.add(name);
            if (!family.type().equals("gauge")) {
                known.add(name + "_sum");
                known.add(name + "_count");
                known.add(name + "_bucket");
            }
        });
        var asked = new TreeSet<String>();
        for (var text : new String[] {dashboard, Files.readString(DEPLOY.resolve("prometheus/alerts.yml"))}) {
            METRIC.matcher(text).results().forEach(found -> asked.add(found.group()));
        }
        assertTrue(asked.size() > 20, asked.toString());
        asked.removeAll(known);
        assertEquals(new TreeSet<String>(), asked);
    }
}
