package dev.parley.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

final class ReachSettingsTest {
    @TempDir
    private Path home;

    private ReachConfig reach(Map<Setting, String> options) {
        return ConfigLoader.load(options, Map.of(), Optional.empty(), home).reach();
    }

    @Test
    void hasTheDocumentedDefaults() {
        var reach = reach(Map.of());
        assertEquals(List.of(), reach.turnUrls());
        assertEquals(Optional.empty(), reach.turnSecretFile());
        assertEquals(Duration.ofHours(1), reach.turnLifetime());
        assertEquals(Optional.empty(), reach.stunServer());
        assertTrue(reach.cloudMetadata());
        assertEquals(new ReachConfig.CoturnConfig(false, 3478, Optional.empty(), 20_000, 20_999), reach.coturn());
    }

    @Test
    void takesSeveralTurnServersAndTheirSecret() throws IOException {
        var secret = Files.writeString(home.resolve("secret"), "0123456789abcdef");
        var reach = reach(Map.of(
                Setting.TURN_URL, "turn:a.example.org, turns:b.example.org:443",
                Setting.TURN_SECRET_FILE, secret.toString()));
        assertEquals(
                List.of("turn:a.example.org", "turns:b.example.org:443"),
                reach.turnUrls().stream().map(IceUrl::text).toList());
        assertEquals(Optional.of(secret), reach.turnSecretFile());
    }

    @ParameterizedTest
    @CsvSource({
        "stun.example.org, stun.example.org, 3478",
        "stun.example.org:19302, stun.example.org, 19302",
        "[2001:db8::1]:3479, 2001:db8::1, 3479",
    })
    void takesAStunServerByNameOrAddress(String text, String host, int port) {
        assertEquals(Optional.of(new HostPort(host, port)), reach(Map.of(Setting.STUN_SERVER, text)).stunServer());
    }

    @Test
    void takesSwitches() {
        var reach = reach(Map.of(Setting.WITH_COTURN, "true", Setting.NO_CLOUD_METADATA, "yes"));
        assertTrue(reach.coturn().run());
        assertFalse(reach.cloudMetadata());
    }

    @ParameterizedTest
    @CsvSource({
        "TURN_URL,turn.example.org",
        "TURN_SECRET_FILE,/nowhere/at/all",
        "TURN_LIFETIME,1",
        "STUN_SERVER,stun:stun.example.org",
        "STUN_SERVER,stun.example.org:99999",
        "STUN_SERVER,user@stun.example.org",
        "NO_CLOUD_METADATA,perhaps",
        "WITH_COTURN,perhaps",
        "TURN_PORT,0",
        "TURN_RELAY_PORTS,20000",
        "TURN_RELAY_PORTS,20000-10000",
        "TURN_RELAY_PORTS,20000-70000",
    })
    void namesTheOptionTheValueAndTheCureOfABadValue(Setting setting, String value) {
        var error = assertThrows(ConfigException.class, () -> reach(Map.of(setting, value)));
        assertTrue(error.getMessage().startsWith(setting.option() + " is \"" + value + "\", which does not work: "),
                error.getMessage());
    }

    private void refuses(String part, Map<Setting, String> options) {
        var error = assertThrows(ConfigException.class, () -> reach(options));
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        refuses("--turn-secret-file", Map.of(Setting.TURN_URL, "turn:turn.example.org"));
        refuses("--certificate", Map.of(Setting.WITH_COTURN, "true", Setting.TURN_TLS_PORT, "5349"));
        refuses("both given", Map.of(Setting.WITH_COTURN, "true", Setting.TURN_URL, "stun:stun.example.org"));
        refuses("cannot be both", Map.of(Setting.WITH_COTURN, "true", Setting.PORT, "3478"));
        assertEquals(1, reach(Map.of(Setting.TURN_URL, "stun:stun.example.org")).turnUrls().size());
    }
}
