package dev.parley.server.top;

import dev.parley.server.admin.StatsReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Shows a running server. */
public final class Top {
    private static final int OK = 0;
    private static final int NO_SERVER = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Terminal.Size PAPER = new Terminal.Size(60, 160);

    /**
     * What was asked for.
     *
     * @param socket the server's admin socket
     * @param once one table, or one line of JSON, and then the end
     * @param json lines of JSON in place of a table
     * @param intervalMillis between two looks
     */
    public record Options(Path socket, boolean once, boolean json, long intervalMillis) {}

    private final Options options;
    private final AdminClient client;
    private final PrintStream out;

    private Top(Options options, PrintStream out) {
        this.options = options;
        this.client = new AdminClient(options.socket());
        this.out = out;
    }

    /** Shows it until somebody has enough, or the server is gone. @return the exit status */
    public static int show(Options options, PrintStream out, PrintStream err) {
        var top = new Top(options, out);
        try {
            if (options.json()) {
                top.json();
            } else if (options.once() || !Terminal.isThere()) {
                top.table();
            } else {
                top.live();
            }
            return OK;
        } catch (IOException e) {
            err.println("top: no server answers at " + options.socket() + " (" + e.getMessage()
                    + "). Start one by ./run, or name its data folder by --data-dir; only the user who started it may"
                    + " ask it.");
            return NO_SERVER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OK;
        }
    }

    private void table() throws IOException, InterruptedException {
        var first = client.report();
        Thread.sleep(options.intervalMillis());
        table(first, client.report(), PAPER).forEach(out::println);
        out.flush();
    }

    private void json() throws IOException, InterruptedException {
        var before = client.report();
        do {
            Thread.sleep(options.intervalMillis());
            var now = client.report();
            out.println(MAPPER.writeValueAsString(Rates.between(before, now)));
            out.flush();
            before = now;
        } while (!options.once() && !out.checkError());
    }

    private void live() throws IOException, InterruptedException {
        var before = client.report();
        try (var terminal = new Terminal(out)) {
            // The first look soon, for nobody likes an empty screen.
            for (long wait = Math.min(300, options.intervalMillis()); !terminal.waitForQuit(wait); ) {
                wait = options.intervalMillis();
                var now = client.report();
                terminal.draw(table(before, now, terminal.size()));
                before = now;
            }
        }
    }

    private static List<String> table(StatsReport before, StatsReport now, Terminal.Size size) {
        return TopTable.of(now, Rates.between(before, now), size.width(), size.height());
    }
}
