package dev.parley.server.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.server.reach.metadata.CloudMetadata;
import dev.parley.server.testing.Configs;
import dev.parley.server.testing.StunResponder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

final class AnnouncedAddressesTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(AnnouncedAddresses.class);

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stop() {
        LOGGER.detachAppender(log);
    }

    private List<String> announced(List<String> machine, Map<String, String> variables) {
        var settings = new HashMap<>(Map.of("PARLEY_NO_CLOUD_METADATA", "true"));
        settings.putAll(variables);
        return new AnnouncedAddresses(Configs.of(folder, settings), machine, new CloudMetadata()).announce();
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void areThoseOfTheConfigurationAndNothingElse() {
        var announced = announced(List.of("10.0.0.5", "127.0.0.1"), Map.of("PARLEY_ANNOUNCED_ADDRESS", "10.0.0.5"));
        assertEquals(List.of("10.0.0.5"), announced);
        assertEquals(List.of(), warnings(), "who says so wants it so");
    }

    @Test
    void beginWithWhatAStunServerSees() throws IOException {
        try (var stun = StunResponder.claiming("127.0.0.1", "203.0.113.7")) {
            var announced = announced(
                    List.of("10.0.0.5", "fd00::5", "127.0.0.1"),
                    Map.of("PARLEY_STUN_SERVER", "127.0.0.1:" + stun.address().getPort()));
            assertEquals(List.of("203.0.113.7", "10.0.0.5", "fd00::5", "127.0.0.1"), announced);
            assertEquals(List.of(), warnings());
        }
    }

    @Test
    void haveNoIpv6WhenTheServerDoesNotListenToIt() throws IOException {
        try (var stun = StunResponder.claiming("127.0.0.1", "2001:db8::7")) {
            var announced = announced(
                    List.of("10.0.0.5"), Map.of("PARLEY_STUN_SERVER", "127.0.0.1:" + stun.address().getPort()));
            assertEquals(List.of("10.0.0.5"), announced);
        }
    }

    @Test
    void areTheMachinesOwnWhenOneOfThemIsPublicAlready() throws IOException {
        try (var stun = StunResponder.claiming("127.0.0.1", "203.0.113.7")) {
            var machine = List.of("198.51.100.3", "2001:db8::3", "127.0.0.1");
            var stunServer = Map.of("PARLEY_STUN_SERVER", "127.0.0.1:" + stun.address().getPort());
            assertEquals(machine, announced(machine, stunServer));
            assertEquals(0, stun.asked());
            assertEquals(List.of(), warnings());
        }
    }

    @Test
    void areWarnedOfWhenNobodyOutsideReachesThem() {
        assertEquals(List.of("10.0.0.5", "127.0.0.1"), announced(List.of("10.0.0.5", "127.0.0.1"), Map.of()));
        assertEquals(1, warnings().size());
        for (var part : List.of("10.0.0.5", "--announced-address", "--stun-server")) {
            assertTrue(warnings().getFirst().contains(part), warnings().getFirst());
        }
    }

    @Test
    void areNotWarnedOfWhenTheServerIsForThisMachineAlone() {
        assertEquals(List.of("127.0.0.1"), announced(List.of("127.0.0.1"), Map.of("PARLEY_NO_CLOUD_METADATA", "false")));
        assertEquals(List.of(), warnings());
    }

    @Test
    void doNotWaitForAStunServerThatIsNotThere() {
        long begun = System.nanoTime();
        var announced = announced(List.of("10.0.0.5"), Map.of("PARLEY_STUN_SERVER", "127.0.0.1:9"));
        assertEquals(List.of("10.0.0.5"), announced);
        assertFalse(System.nanoTime() - begun > 10_000_000_000L);
        assertTrue(warnings().stream().anyMatch(line -> line.contains("127.0.0.1") && line.contains("--stun-server")));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, true", "8.8.8.8, true", "2001:db8::1, true", "2600:1900::1, true",
        "10.1.2.3, false", "172.31.255.1, false", "172.32.0.1, true", "192.168.1.1, false", "100.64.0.1, false",
        "169.254.1.1, false", "127.0.0.1, false", "224.0.0.1, false", "0.0.0.0, false",
        "::1, false", "fe80::1, false", "fd12::1, false", "ff02::1, false", "not an address, false",
    })
    void knowWhichAddressesArePublic(String address, boolean isPublic) {
        assertEquals(isPublic, AddressKind.isPublic(address));
    }
}
