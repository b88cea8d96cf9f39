package dev.parley.server.top;

import dev.parley.server.Resources;
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
            out.print(Resources.text("top.txt"));
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
