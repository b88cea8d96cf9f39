package dev.parley.server.top;

import dev.parley.server.admin.AdminSocket;
import dev.parley.server.config.ConfigException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command line of `./run top`. */
public final class TopCommand {
    /** What `./run top --help` shows. */
    public static final String HELP = """
            Usage: ./run top [options]

            Shows the running server: its lanes, rooms and streams, drawn anew every second. q or Ctrl-C ends it.
            It asks the server through the socket admin.sock in the server's data folder, so it must run on the same
            machine and as the same user (or as root). It costs the media path nothing.

              --once               Prints the table once and ends. Also what happens without a terminal.
              --json               Prints a line of JSON every interval; with --once a single one.
              --interval=SECONDS   Between two looks, 0.1 to 3600. Default: 1
              --data-dir=FOLDER    The server's data folder. Default: as for ./run
              --config=FILE        The server's configuration file. Default: as for ./run
              --help               Shows this text.

            CPU is in percent of one core. p50 and p99 are how long a turn of a lane took. BATCH and OUT are packets
            received and sent in a turn. GSO is the share of the packets that left in segmented messages. STREAMS are
            those received + those forwarded. QUEUE counts calls that wait for the lane.
            """;

    private TopCommand() {}

    /**
     * Runs it.
     *
     * @param dataDirectory the data folder, by the file that `--config` names, or by what is usual for the empty text
     * @return the exit status
     */
    public static int run(String[] args, Function<String, Path> dataDirectory, PrintStream out, PrintStream err) {
        var spec = CommandSpec.create().name("run top");
        spec.addOption(OptionSpec.builder("--once").type(boolean.class).build());
        spec.addOption(OptionSpec.builder("--json").type(boolean.class).build());
        spec.addOption(OptionSpec.builder("--interval").type(double.class).arity("1").build());
        spec.addOption(OptionSpec.builder("--data-dir").type(Path.class).arity("1").build());
        spec.addOption(OptionSpec.builder("--config").type(String.class).arity("1").build());
        spec.addOption(OptionSpec.builder("--help", "-h").type(boolean.class).build());
        CommandLine.ParseResult parsed;
        try {
            parsed = new CommandLine(spec).parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            throw new ConfigException(e.getMessage() + ". ./run top --help shows every option.");
        }
        if (parsed.hasMatchedOption("--help")) {
            out.print(HELP);
            return 0;
        }
        double interval = parsed.matchedOptionValue("--interval", 1.0);
        if (!(interval >= 0.1 && interval <= 3_600)) {
            throw new ConfigException("--interval is \"" + interval + "\", which does not work: use 0.1 to 3600 seconds.");
        }
        Path named = parsed.matchedOptionValue("--data-dir", null);
        var folder = named == null ? dataDirectory.apply(parsed.matchedOptionValue("--config", "")) : named;
        var options = new Top.Options(
                AdminSocket.in(folder.toAbsolutePath()),
                parsed.hasMatchedOption("--once"),
                parsed.hasMatchedOption("--json"),
                Math.round(interval * 1_000));
        return Top.show(options, out, err);
    }
}
