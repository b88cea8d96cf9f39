package dev.parley.server.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The pages of one listener, by path. */
final class AdminPages {
    private static final Logger LOG = LoggerFactory.getLogger(AdminPages.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** An answer. @param status such as {@code 200 OK} */
    record Page(String status, String contentType, String body) {
        static final Page BAD_REQUEST = new Page("400 Bad Request", TEXT, "This is not HTTP.\n");
        static final Page NOT_ALLOWED = new Page("405 Method Not Allowed", TEXT, "Only GET and HEAD are answered.\n");
        static final Page FAILED = new Page("500 Internal Server Error", TEXT, "This failed; the log has the cause.\n");

        static Page notFound(String paths) {
            return new Page("404 Not Found", TEXT, "There is: " + paths + "\n");
        }
    }

    private final Map<String, Supplier<Page>> pages = new LinkedHashMap<>();

    private AdminPages() {}

    /** The metrics alone: they name nobody. */
    static AdminPages metrics(Reporter reporter) {
        var made = new AdminPages();
        made.pages.put("/metrics", () ->
                new Page("200 OK", PrometheusText.CONTENT_TYPE, MetricsPage.of(reporter.report())));
        return made;
    }

    /** The metrics, and the full report with rooms and names. */
    static AdminPages all(Reporter reporter) {
        var made = metrics(reporter);
        made.pages.put("/stats", () -> new Page("200 OK", JSON, MAPPER.writeValueAsString(reporter.report()) + "\n"));
        return made;
    }

    /** The answer to a request. @param target the path, perhaps with a query */
    Page answer(String method, String target) {
        int query = target.indexOf('?');
        var page = pages.get(query < 0 ? target : target.substring(0, query));
        if (page == null) {
            return Page.notFound(String.join(", ", pages.keySet()));
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Page.NOT_ALLOWED;
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            LOG.error("The page {} failed", target, e);
            return Page.FAILED;
        }
    }
}
