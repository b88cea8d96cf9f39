package dev.parley.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

final class SettingTest {
    private static final Path SAMPLE = Path.of("../deploy/parley.sample.properties");
    private static final Path HELP = Path.of("src/main/resources/dev/parley/server/help.txt");
    private static final Path OPERATIONS = Path.of("../docs/operations.md");

    @ParameterizedTest
    @EnumSource(Setting.class)
    void isExplainedInTheHelpWithItsOptionAndItsVariable(Setting setting) throws IOException {
        var help = Files.readString(HELP);
        assertTrue(
                Pattern.compile("^  " + setting.option() + (setting.isFlag() ? "" : "=\\S+") + " +" + setting.variable() + " +\\S", Pattern.MULTILINE)
                        .matcher(help)
                        .find(),
                setting.option());
        var explanation = help.substring(help.indexOf("  " + setting.option() + (setting.isFlag() ? " " : "=")));
        var stop = explanation.indexOf("\n  --", 1);
        assertTrue(
                (stop < 0 ? explanation : explanation.substring(0, stop)).contains(setting.defaultText()),
                "the default of " + setting.option());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void standsInTheSampleWithItsDefault(Setting setting) throws IOException {
        assertTrue(Files.readAllLines(SAMPLE).contains("#" + setting.key() + "=" + setting.defaultText()),
                setting.key());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void isMentionedInTheOperationsManual(Setting setting) throws IOException {
        var mentioned = Pattern.compile("`" + setting.option() + "[` ]");
        assertTrue(mentioned.matcher(Files.readString(OPERATIONS)).find(), setting.option());
    }

    @Test
    void theSampleHasNoKeyThatTheServerDoesNotKnow() throws IOException {
        var keys = Files.readAllLines(SAMPLE).stream()
                .filter(line -> line.matches("#[a-z-]+=.*"))
                .map(line -> line.substring(1, line.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
        var known = Set.of(Setting.values()).stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, keys);
    }
}
