package dev.parley.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {
    @TempDir
    private Path home;

    private ServerConfig load(Map<Setting, String> options, Map<String, String> environment,
            String file) throws IOException {
        var path = Files.writeString(home.resolve("test.properties"), file);
        return ConfigLoader.load(options, environment, Optional.of(path), home);
    }

    private ServerConfig load(Setting setting, String text) throws IOException {
        return load(Map.of(setting, text), Map.of(), "");
    }

    @Test
    void hasTheDocumentedDefaults() throws IOException {
        var config = load(Map.of(), Map.of(), "");
        assertEquals(3000, config.port());
        assertEquals(40_000, config.mediaPort());
        assertEquals(home.resolve("data"), config.dataDirectory());
        assertEquals(home.resolve("web/dist"), config.webDirectory());
        assertEquals(Limits.defaults(), config.limits());
        assertEquals(Duration.ofSeconds(20), config.grace());
        assertEquals(Duration.ofMinutes(60), config.emptyRoom());
        assertEquals("info", config.logLevel());
        assertEquals(Optional.empty(), config.certificate());
    }

    @Test
    void prefersTheOptionToTheVariableToTheFileToTheDefault() throws IOException {
        var file = "port=3001\nmedia-port=40001\nlog-level=debug";
        var config = load(
                Map.of(Setting.PORT, "3003"), Map.of("PARLEY_PORT", "3002", "PARLEY_MEDIA_PORT", "40002"), file);
        assertEquals(3003, config.port());
        assertEquals(40_002, config.mediaPort());
        assertEquals("debug", config.logLevel());
    }

    @Test
    void takesListsSeparatedByCommas() throws IOException {
        var config = load(Map.of(), Map.of("PARLEY_ANNOUNCED_ADDRESS", " 203.0.113.7, 2001:db8::7 ,"), "");
        assertEquals(List.of("203.0.113.7", "2001:db8:0:0:0:0:0:7"), config.announcedAddresses());
    }

    @Test
    void takesANumberOfLanesOrOneForEachCore() throws IOException {
        assertEquals(0, load(Map.of(), Map.of(), "").lanes());
        assertEquals(0, load(Setting.LANES, "auto").lanes());
        assertEquals(3, load(Setting.LANES, "3").lanes());
        assertThrows(ConfigException.class, () -> load(Setting.LANES, "65"));
        assertThrows(ConfigException.class, () -> load(Setting.LANES, "many"));
    }

    @Test
    void oneNumberServesTheWebAndTheMediaOnlyWithoutMediaOverTcp() throws IOException {
        var error = assertThrows(ConfigException.class, () -> load(Map.of(), Map.of(), "port=5000\nmedia-port=5000"));
        assertTrue(error.getMessage().contains("--no-ice-tcp"), error.getMessage());
        assertEquals(5000, load(Map.of(), Map.of(), "port=5000\nmedia-port=5000\nno-ice-tcp=true").mediaPort());
    }

    @Test
    void treatsAnEmptyValueAsNotGiven() throws IOException {
        assertEquals(3000, load(Map.of(), Map.of("PARLEY_PORT", ""), "port=").port());
    }

    @Test
    void normalisesThePublicUrl() throws IOException {
        assertEquals(
                Optional.of(URI.create("https://meet.example.org:8443/")),
                load(Setting.PUBLIC_URL, "https://Meet.Example.org:8443").publicUrl());
    }

    @ParameterizedTest
    @CsvSource({
        "PORT,-1",
        "PORT,65536",
        "PORT,3000x",
        "MEDIA_PORT,99999",
        "HOST,not-an-address",
        "ANNOUNCED_ADDRESS,0.0.0.0",
        "ANNOUNCED_ADDRESS,example.org",
        "PUBLIC_URL,http://example.org/",
        "PUBLIC_URL,https://example.org/path",
        "PUBLIC_URL,example.org",
        "HOT_PATH,fast",
        "LOG_LEVEL,loud",
        "ALLOWED_HOST,https://example.org",
        "ALLOWED_ORIGIN,example.org",
        "TRUSTED_PROXY,10.0.0.0/33",
        "MAX_ROOMS,0",
        "MAX_PARTICIPANTS,1001",
        "GRACE,0",
        "EMPTY_ROOM,x",
    })
    void namesTheOptionTheValueAndTheCureOfABadValue(Setting setting, String value) {
        var error = assertThrows(ConfigException.class, () -> load(setting, value));
        assertTrue(error.getMessage().startsWith(setting.option() + " is \"" + value + "\", which does not work: "),
                error.getMessage());
    }

    @Test
    void namesTheVariableOrTheKeyThatABadValueCameFrom() {
        var variable = assertThrows(ConfigException.class, () -> load(Map.of(), Map.of("PARLEY_PORT", "x"), ""));
        assertTrue(variable.getMessage().startsWith("PARLEY_PORT is \"x\""), variable.getMessage());
        var key = assertThrows(ConfigException.class, () -> load(Map.of(), Map.of(), "port=x"));
        assertTrue(key.getMessage().startsWith("the key \"port\" in "), key.getMessage());
    }

    @Test
    void refusesUnknownKeysInTheFile() {
        var error = assertThrows(ConfigException.class, () -> load(Map.of(), Map.of(), "prot=3000"));
        assertTrue(error.getMessage().contains("unknown key \"prot\""), error.getMessage());
    }

    @Test
    void refusesACertificateWithoutItsKey() throws IOException {
        var file = Files.writeString(home.resolve("chain.pem"), "x").toString();
        var error = assertThrows(ConfigException.class, () -> load(Setting.CERTIFICATE, file));
        assertTrue(error.getMessage().contains("without --key"), error.getMessage());
    }

    @Test
    void refusesAFileThatIsNotThere() {
        var missing = home.resolve("missing.properties");
        assertThrows(
                ConfigException.class, () -> ConfigLoader.load(Map.of(), Map.of(), Optional.of(missing), home));
    }
}
