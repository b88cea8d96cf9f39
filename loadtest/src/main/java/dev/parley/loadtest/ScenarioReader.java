package dev.parley.loadtest;

import dev.parley.loadtest.Scenario.Audio;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a scenario of options: the command line wins over a file, a file over a preset, a preset over what is usual.
 */
final class ScenarioReader {
    private final Map<Option, String> values;

    private ScenarioReader(Map<Option, String> values) {
        this.values = values;
    }

    /** The values of all options. @throws UsageException when there is no such option */
    static Map<Option, String> values(List<String> arguments) {
        var given = commandLine(arguments);
        var all = new EnumMap<Option, String>(Option.class);
        for (var option : Option.values()) {
            all.put(option, option.usual());
        }
        var fromFile = given.containsKey(Option.FILE)
                ? file(Path.of(given.get(Option.FILE)))
                : Map.<Option, String>of();
        var name = given.getOrDefault(Option.SCENARIO, fromFile.getOrDefault(Option.SCENARIO, ""));
        if (name.isEmpty() && !asksForPeople(given) && !asksForPeople(fromFile)) {
            name = Preset.SMOKE.key();
        }
        if (!name.isEmpty()) {
            all.putAll(preset(name));
        }
        all.putAll(fromFile);
        all.putAll(given);
        all.put(Option.SCENARIO, name.isEmpty() ? "custom" : name);
        return all;
    }

    /** The scenario that values describe. @throws UsageException when one of them does not work */
    static Scenario scenario(Map<Option, String> values) {
        return new ScenarioReader(values).scenario();
    }

    /** The values that are not empty, by the names of their options. */
    static Map<String, String> named(Map<Option, String> values) {
        var named = new LinkedHashMap<String, String>();
        values.forEach((option, value) -> {
            if (!value.isEmpty()) {
                named.put(option.key(), value);
            }
        });
        return named;
    }

    private static boolean asksForPeople(Map<Option, String> options) {
        return options.containsKey(Option.PARTICIPANTS)
                || options.containsKey(Option.PUBLISHERS)
                || options.containsKey(Option.SUBSCRIBERS);
    }

    private static Map<Option, String> commandLine(List<String> arguments) {
        var given = new EnumMap<Option, String>(Option.class);
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                throw new UsageException("\"%s\" is no option.".formatted(argument));
            }
            int equals = argument.indexOf('=');
            var key = argument.substring(2, equals < 0 ? argument.length() : equals);
            var option = option(key);
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new UsageException("--%s needs a value: --%s=%s.".formatted(key, key, option.unit()));
            }
            given.put(option, equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
        }
        return given;
    }

    private static Option option(String key) {
        return Option.of(key).orElseThrow(() -> new UsageException("There is no option --%s.".formatted(key)));
    }

    private static Map<Option, String> file(Path path) {
        try {
            return lines(Files.readAllLines(path));
        } catch (IOException e) {
            throw new UsageException("The scenario file %s cannot be read (%s).".formatted(path, e.getMessage()));
        }
    }

    private static Map<Option, String> preset(String name) {
        var preset = Preset.of(name).orElseThrow(() -> new UsageException("There is no scenario %s. There are: %s."
                .formatted(name, String.join(", ", Arrays.stream(Preset.values()).map(Preset::key).toList()))));
        return lines(List.of(preset.options().split(" ")));
    }

    private static Map<Option, String> lines(List<String> lines) {
        var found = new EnumMap<Option, String>(Option.class);
        for (var line : lines) {
            var text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                int equals = text.indexOf('=');
                if (equals < 0) {
                    throw new UsageException("\"%s\" should be \"name = value\".".formatted(text));
                }
                found.put(option(text.substring(0, equals).strip()), text.substring(equals + 1).strip());
            }
        }
        return found;
    }

    private Scenario scenario() {
        var scenario = new Scenario(
                text(Option.SCENARIO),
                server(),
                text(Option.SERVER_PID).isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(whole(Option.SERVER_PID, 1, Long.MAX_VALUE)),
                path(Option.GC_LOG),
                number(Option.ROOMS, 1, 10_000),
                number(Option.PARTICIPANTS, 0, 10_000),
                number(Option.PUBLISHERS, 0, 10_000),
                number(Option.SUBSCRIBERS, 0, 10_000),
                seconds(Option.RAMP),
                seconds(Option.SETTLE),
                seconds(Option.DURATION),
                audio(),
                1_000 * number(Option.VIDEO_BITRATE, 0, 20_000),
                1_000 * number(Option.SCREEN_BITRATE, 0, 20_000),
                number(Option.FLAT_RATE, 0, 100_000),
                number(Option.PACKET_SIZE, 64, 1_200),
                number(Option.BURST, 1, 10),
                real(Option.JOIN_RATE, 0, 1_000),
                real(Option.LEAVE_RATE, 0, 1_000),
                real(Option.LOSS, 0, 50) / 100,
                Duration.ofMillis(number(Option.PATIENCE, 100, 60_000)),
                real(Option.SAMPLE, 0, 100) / 100,
                whole(Option.SEED, Long.MIN_VALUE, Long.MAX_VALUE),
                number(Option.THREADS, 1, 256),
                ciphers(),
                Duration.ofNanos((long) (1e6 * real(Option.INTERVAL, 0, 20))),
                shareSockets(),
                number(Option.REHEARSAL, 0, 1_000),
                path(Option.JSON));
        if (scenario.people() == 0) {
            throw new UsageException("Nobody takes part: say --participants, --publishers or --subscribers.");
        }
        return scenario;
    }

    private String text(Option option) {
        return values.getOrDefault(option, "");
    }

    private Optional<Path> path(Option option) {
        return Optional.of(text(option)).filter(text -> !text.isEmpty()).map(Path::of);
    }

    private URI server() {
        try {
            var uri = URI.create(text(Option.SERVER));
            var scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // As if it were another scheme.
        }
        throw wrong(Option.SERVER, "a URL such as https://localhost:3000");
    }

    private Audio audio() {
        return Arrays.stream(Audio.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text(Option.AUDIO)))
                .findFirst()
                .orElseThrow(() -> wrong(Option.AUDIO, "off, muted, dtx or steady"));
    }

    private SrtpProvider ciphers() {
        var unavailable = SrtpProvider.NATIVE.unavailable();
        return switch (text(Option.CIPHERS)) {
            case "auto" -> unavailable.isEmpty() ? SrtpProvider.NATIVE : SrtpProvider.JAVA;
            case "native" -> {
                if (unavailable.isPresent()) {
                    throw new UsageException("--ciphers=native cannot be used here: " + unavailable.get());
                }
                yield SrtpProvider.NATIVE;
            }
            case "java" -> SrtpProvider.JAVA;
            default -> throw wrong(Option.CIPHERS, "auto, native or java");
        };
    }

    private boolean shareSockets() {
        return switch (text(Option.SOCKETS)) {
            case "auto" -> true;
            case "own" -> false;
            default -> throw wrong(Option.SOCKETS, "auto or own");
        };
    }

    private Duration seconds(Option option) {
        return Duration.ofMillis((long) (1_000 * real(option, 0, 86_400)));
    }

    private int number(Option option, int least, int most) {
        return (int) whole(option, least, most);
    }

    private long whole(Option option, long least, long most) {
        try {
            long value = Long.parseLong(text(option));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // As if it were out of range.
        }
        throw wrong(option, "a whole number from %d to %d".formatted(least, most));
    }

    private double real(Option option, double least, double most) {
        try {
            double value = Double.parseDouble(text(option));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // As if it were out of range.
        }
        throw wrong(option, "a number from %s to %s".formatted(least, most));
    }

    private UsageException wrong(Option option, String right) {
        return new UsageException("--%s is %s, not \"%s\".".formatted(option.key(), right, text(option)));
    }
}
