package dev.parley.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The text of each setting, by precedence: option, environment, file, default. */
final class SettingValues {
    private record Given(String text, String source) {}

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);

    SettingValues(Map<Setting, String> options, Map<String, String> environment, Optional<Path> file) {
        file.ifPresent(this::addFile);
        for (var setting : Setting.values()) {
            var variable = environment.get(setting.variable());
            if (variable != null && !variable.isBlank()) {
                given.put(setting, new Given(variable.strip(), setting.variable()));
            }
            var option = options.get(setting);
            if (option != null) {
                given.put(setting, new Given(option.strip(), setting.option()));
            }
        }
    }

    private void addFile(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("The configuration file " + file + " cannot be read (" + e.getMessage()
                    + "): check its path, its permissions and that it is UTF-8 text.");
        }
        for (var key : properties.stringPropertyNames()) {
            var setting = Setting.ofKey(key)
                    .orElseThrow(() -> new ConfigException("The configuration file " + file
                            + " has the unknown key \"" + key
                            + "\": deploy/parley.sample.properties lists every key."));
            var text = properties.getProperty(key).strip();
            if (!text.isEmpty()) {
                given.put(setting, new Given(text, "the key \"" + key + "\" in " + file));
            }
        }
    }

    boolean isGiven(Setting setting) {
        return given.containsKey(setting) && !text(setting).isEmpty();
    }

    String text(Setting setting) {
        var value = given.get(setting);
        return value == null ? setting.defaultText() : value.text();
    }

    /** Where the value came from, for messages: {@code --port}, {@code PARLEY_PORT}, a key in a file. */
    String source(Setting setting) {
        var value = given.get(setting);
        return value == null ? setting.option() : value.source();
    }

    Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(text -> !text.isEmpty());
    }

    List<String> list(Setting setting) {
        return Arrays.stream(text(setting).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }

    int integer(Setting setting, int least, int most) {
        var text = text(setting);
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw wrong(setting, "use a whole number from " + least + " to " + most);
    }

    /** The file that the setting names, which is there and may be read. */
    Path readableFile(Setting setting) {
        var path = Path.of(text(setting)).toAbsolutePath().normalize();
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw wrong(setting, "there is no such file, or it may not be read by this user");
        }
        return path;
    }

    boolean flag(Setting setting) {
        return switch (text(setting).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw wrong(setting, "use true or false");
        };
    }

    ConfigException wrong(Setting setting, String cure) {
        return new ConfigException(source(setting) + " is \"" + text(setting) + "\", which does not work: " + cure
                + ".");
    }
}
