package dev.parley.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MainTest {
    private static final Path RUN = Path.of("../run").toAbsolutePath().normalize();

    @TempDir
    private Path home;

    private dev.parley.server.config.ServerConfig load(Map<String, String> environment, String... args) {
        return Main.load(new CommandLine(Main.spec()).parseArgs(args), environment, home);
    }

    @Test
    void takesOptionsInBothSpellingsAndRepeated() {
        var config = load(
                Map.of(), "--port", "3001", "--media-port=0", "--announced-address=203.0.113.7", "--announced-address",
                "203.0.113.8,203.0.113.9");
        assertEquals(3001, config.port());
        assertEquals(0, config.mediaPort());
        assertEquals(List.of("203.0.113.7", "203.0.113.8", "203.0.113.9"), config.announcedAddresses());
    }

    @Test
    void readsTheFileBesideTheScriptOrTheOneThatIsNamed() throws IOException {
        Files.writeString(home.resolve("parley.properties"), "port=3002");
        var named = Files.writeString(home.resolve("other.properties"), "port=3003").toString();
        assertEquals(3002, load(Map.of()).port());
        assertEquals(3003, load(Map.of("PARLEY_CONFIG", named)).port());
        assertEquals(3003, load(Map.of("PARLEY_CONFIG", "missing"), "--config", named).port());
    }

    @Test
    void showsTheSameHelpFromTheScriptWithoutBuildingAnything() throws IOException, InterruptedException {
        var script = new ProcessBuilder(RUN.toString(), "--port", "1", "--help").start();
        var shown = new String(script.getInputStream().readAllBytes());
        assertTrue(script.waitFor(10, TimeUnit.SECONDS));
        assertEquals(Main.help(), shown);
        assertEquals(0, script.exitValue());
    }

    @Test
    void showsTheHelpOfTopWithoutBuildingAnything() throws IOException, InterruptedException {
        var script = new ProcessBuilder(RUN.toString(), "top", "--once", "--help").start();
        var shown = new String(script.getInputStream().readAllBytes());
        assertTrue(script.waitFor(10, TimeUnit.SECONDS));
        assertEquals(Resources.text("top.txt"), shown);
        assertTrue(shown.startsWith("Usage: ./run top"), shown);
    }

    @Test
    void trainsOnAServerThatStartsAndIsUsed() throws IOException, GeneralSecurityException {
        // It fails when one of its requests does.
        Training.main(new String[0]);
    }

    @Test
    void theScriptNamesTheCureWhenTheJdkIsTooOld() throws IOException, InterruptedException {
        var jdk = Files.createDirectories(home.resolve("old/bin"));
        var javac = Files.writeString(jdk.resolve("javac"), "#!/bin/sh\n");
        assertTrue(javac.toFile().setExecutable(true));
        Files.writeString(home.resolve("old/release"), "JAVA_VERSION=\"17.0.15\"\n");
        var builder = new ProcessBuilder(RUN.toString()).redirectErrorStream(true);
        builder.environment().put("PARLEY_JAVA_HOME", home.resolve("old").toString());
        var script = builder.start();
        var shown = new String(script.getInputStream().readAllBytes());
        assertTrue(script.waitFor(10, TimeUnit.SECONDS));
        assertEquals(1, script.exitValue());
        assertTrue(shown.contains("which is not a JDK 25 or newer: correct it or unset it."), shown);
    }
}
