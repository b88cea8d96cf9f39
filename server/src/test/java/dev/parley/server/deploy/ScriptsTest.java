package dev.parley.server.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody but the people who run Parley would start: the shell scripts, and what lies in deploy. */
final class ScriptsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> FOLDERS = Set.of("bench", "deploy", "tools", ".ci");
    private static final int DEPTH = 3;

    @Test
    void allScriptsAreSound() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("shellcheck", "-x", "-S", "warning"));
        scripts().forEach(script -> command.add(ROOT.relativize(script).toString()));
        assertTrue(command.containsAll(List.of("run", "test", "deploy/google-cloud/firewall.sh")), command.toString());
        assertEquals("", output(new ProcessBuilder(command)));
    }

    @Test
    void theFirewallScriptSetsTheRulesThatTheDocumentShows(@TempDir Path folder) throws IOException, InterruptedException {
        var fake = folder.resolve("gcloud");
        Files.writeString(fake, "#!/bin/sh\necho \"$*\"\n");
        assertTrue(fake.toFile().setExecutable(true));
        var script = new ProcessBuilder("sh", "deploy/google-cloud/firewall.sh", "lan");
        script.environment().merge("PATH", folder + ":", (path, first) -> first + path);
        var rules = output(script).lines().map(Rule::of).toList();
        var shown = Files.readString(ROOT.resolve("docs/operations.md")).lines()
                .filter(line -> line.startsWith("gcloud compute firewall-rules create"))
                .map(Rule::of)
                .toList();
        assertEquals(3, rules.size());
        assertEquals(shown, rules);
    }

    /** A firewall rule: the name, and what it lets in from everywhere. */
    private record Rule(String name, String allowed) {
        static Rule of(String command) {
            var words = List.of(command.trim().split("\\s+"));
            assertTrue(words.contains("--direction=INGRESS") && words.contains("--source-ranges=0.0.0.0/0"), command);
            var allowed = words.stream()
                    .filter(word -> word.startsWith("--allow=") || word.startsWith("--rules="))
                    .map(word -> word.substring(word.indexOf('=') + 1))
                    .findFirst();
            return new Rule(words.get(words.indexOf("create") + 1), allowed.orElse("nothing"));
        }
    }

    private static List<Path> scripts() throws IOException {
        var found = new ArrayList<Path>();
        try (var top = Files.list(ROOT)) {
            top.filter(Files::isRegularFile).filter(ScriptsTest::isScript).forEach(found::add);
        }
        for (var folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder), DEPTH)) {
                files.filter(Files::isRegularFile).filter(ScriptsTest::isScript).forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isScript(Path file) {
        try (var in = Files.newInputStream(file)) {
            var first = new String(in.readNBytes(32), StandardCharsets.ISO_8859_1);
            return first.startsWith("#!") && first.lines().findFirst().orElse("").endsWith("sh");
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static String output(ProcessBuilder command) throws IOException, InterruptedException {
        var process = command.directory(ROOT.toFile()).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
