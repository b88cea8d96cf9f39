package dev.parley.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.parley.server.config.ConfigException;
import dev.parley.server.config.ConfigLoader;
import dev.parley.server.config.ServerConfig;
import dev.parley.server.config.Setting;
import dev.parley.server.coturn.CoturnCommand;
import dev.parley.server.doctor.DoctorCommand;
import dev.parley.server.top.TopCommand;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Starts the server from the command line. Exit status: 0 after a clean stop, 1 for a bug, 2 for a setting that does
 * not work.
 */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int BUG = 1;
    private static final int BAD_SETTING = 2;
    private static final String TOP = "top";
    private static final String COTURN_CONFIG = "coturn-config";
    private static final String DOCTOR = "doctor";
    private static final String JSON = "--json";
    private static final String OUT = "--out";
    private static final String CONFIG = "--config";
    private static final String CONFIG_VARIABLE = "PARLEY_CONFIG";

    private Main() {}

    /** The program. */
    public static void main(String[] args) {
        try {
            run(args);
        } catch (ConfigException e) {
            System.err.println("parley: " + e.getMessage());
            System.exit(BAD_SETTING);
        } catch (RuntimeException e) {
            LOG.error("The server cannot start", e);
            System.exit(BUG);
        }
    }

    private static void run(String[] args) {
        if (args.length > 0 && args[0].equals(COTURN_CONFIG)) {
            coturnConfig(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        if (args.length > 0 && args[0].equals(DOCTOR)) {
            System.exit(doctor(Arrays.copyOfRange(args, 1, args.length)));
        }
        if (args.length > 0 && args[0].equals(TOP)) {
            System.exit(TopCommand.run(
                    Arrays.copyOfRange(args, 1, args.length), Main::dataDirectory, System.out, System.err));
        }
        var parsed = parse(spec(), args);
        if (parsed.hasMatchedOption("--help")) {
            System.out.print(help());
        } else if (parsed.hasMatchedOption("--version")) {
            System.out.println("Parley " + Version.TEXT);
        } else {
            serve(load(parsed, System.getenv(), home()));
        }
    }

    private static CommandLine.ParseResult parse(CommandSpec spec, String[] args) {
        try {
            return new CommandLine(spec).setTrimQuotes(false).parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            throw new ConfigException(e.getMessage() + ". ./run --help shows every option.");
        }
    }

    private static void coturnConfig(String[] args) {
        var spec = spec();
        spec.addOption(OptionSpec.builder(OUT).type(Path.class).arity("1").build());
        var parsed = parse(spec, args);
        if (parsed.hasMatchedOption("--help")) {
            System.out.print(Resources.text("coturn-config.txt"));
            return;
        }
        Path file = parsed.matchedOptionValue(OUT, null);
        setLogLevel("warn");
        CoturnCommand.run(
                load(parsed, System.getenv(), home()),
                Optional.ofNullable(file).map(Path::toAbsolutePath),
                System.out);
    }

    private static int doctor(String[] args) {
        var spec = spec();
        spec.addOption(OptionSpec.builder(JSON).type(boolean.class).build());
        var parsed = parse(spec, args);
        if (parsed.hasMatchedOption("--help")) {
            System.out.print(Resources.text("doctor.txt"));
            return 0;
        }
        setLogLevel("error");
        return DoctorCommand.run(
                load(parsed, System.getenv(), home()), parsed.hasMatchedOption(JSON), System.out);
    }

    /** Where the server with this configuration file, or the usual one, keeps its data. */
    private static Path dataDirectory(String configFile) {
        var args = configFile.isEmpty() ? new String[0] : new String[] {CONFIG, configFile};
        return load(new CommandLine(spec()).parseArgs(args), System.getenv(), home()).dataDirectory();
    }

    /** The options are those of {@link Setting}, so that each also has its variable and its key. */
    static CommandSpec spec() {
        var spec = CommandSpec.create().name("run");
        for (var setting : Setting.values()) {
            var option = OptionSpec.builder(setting.option());
            if (setting.isFlag()) {
                spec.addOption(option.type(boolean.class).arity("0").build());
            } else if (setting.isList()) {
                spec.addOption(option.type(List.class).auxiliaryTypes(String.class).arity("1").build());
            } else {
                spec.addOption(option.type(String.class).arity("1").build());
            }
        }
        spec.addOption(OptionSpec.builder(CONFIG).type(String.class).arity("1").build());
        spec.addOption(OptionSpec.builder("--help", "-h").type(boolean.class).build());
        spec.addOption(OptionSpec.builder("--version").type(boolean.class).build());
        return spec;
    }

    static ServerConfig load(CommandLine.ParseResult parsed, Map<String, String> environment, Path home) {
        var options = new EnumMap<Setting, String>(Setting.class);
        for (var setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.option())) {
                Object value = setting.isFlag() ? "true" : parsed.matchedOptionValue(setting.option(), "");
                options.put(setting, value instanceof List<?> several ? joined(several) : String.valueOf(value));
            }
        }
        var named = Optional.ofNullable(parsed.matchedOptionValue(CONFIG, environment.get(CONFIG_VARIABLE)))
                .filter(text -> !text.isBlank())
                .map(Path::of);
        var usual = Optional.of(home.resolve("parley.properties")).filter(Files::exists);
        return ConfigLoader.load(options, environment, named.or(() -> usual), home);
    }

    private static String joined(List<?> values) {
        return String.join(",", values.stream().map(String::valueOf).toList());
    }

    private static void serve(ServerConfig config) {
        setLogLevel(config.logLevel());
        LateDirector.ofThisJvm().allow().ifPresent(said -> LOG.info("Collector: {}", said));
        var parley = Parley.start(config);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            parley.close();
            stopped.countDown();
            // Ctrl-C and SIGTERM are how the server is meant to be stopped: that is a success.
            Runtime.getRuntime().halt(0);
        }));
        announce(parley, System.out);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void announce(Parley parley, PrintStream out) {
        out.printf("%nParley is running. Open this link:%n%n    %s%n%n", parley.url());
        if (parley.https().selfSigned()) {
            out.printf("The certificate is self-signed: the browser asks once whether to go on. SHA-256 %s%n",
                    parley.https().fingerprint());
        }
        out.printf("Pages and signalling use TCP port %d, media uses UDP port %d of %s.%n", parley.port(),
                parley.mediaPort(), String.join(", ", parley.announcedAddresses()));
        out.printf("Ctrl-C stops the server.%n%n");
        out.flush();
    }

    private static void setLogLevel(String level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger("dev.parley").setLevel(Level.toLevel(level));
            var others = Level.toLevel(level);
            var quieter = others.isGreaterOrEqual(Level.WARN) ? others : Level.WARN;
            logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(quieter);
        }
    }

    /** Where the script `run` is; the current folder when the server was started without it. */
    private static Path home() {
        return Path.of(System.getProperty("parley.home", "")).toAbsolutePath();
    }

    static String help() {
        return Resources.text("help.txt");
    }
}
