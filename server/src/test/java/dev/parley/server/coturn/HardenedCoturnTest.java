package dev.parley.server.coturn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.stun.TurnClient;
import dev.parley.server.stun.TurnException;
import dev.parley.server.testing.StunResponder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real coturn, with the configuration that Parley writes. The media port is played by a STUN responder. */
final class HardenedCoturnTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int QUOTA = 486;

    @TempDir
    private static Path folder;

    private static StunResponder sfu;
    private static RealCoturn coturn;

    @BeforeAll
    static void start() throws Exception {
        sfu = StunResponder.start("127.0.0.1");
        // 203.0.113.7 stands for the public address of a machine that is called otherwise inside.
        coturn = RealCoturn.start(folder, Map.of(), List.of("203.0.113.7", "127.0.0.1"));
    }

    @AfterAll
    static void stop() throws Exception {
        coturn.close();
        sfu.close();
    }

    private static TurnClient client() throws IOException {
        var credential = coturn.credential(Duration.ofMinutes(1));
        return TurnClient.udp(coturn.address(), credential.username(), credential.password(), TIMEOUT);
    }

    private static InetSocketAddress peer(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), sfu.address().getPort());
    }

    @Test
    void relaysToTheMediaPortFromAPortOfItsOwnRange() throws IOException {
        try (var client = client()) {
            var relayed = client.allocate();
            var ports = coturn.plan.ports();
            assertTrue(relayed.getPort() >= ports.firstRelayPort() && relayed.getPort() <= ports.lastRelayPort());
            client.permit(sfu.address());
            client.ask(sfu.address());
        }
    }

    @Test
    void relaysOverTcpToo() throws IOException {
        var credential = coturn.credential(Duration.ofMinutes(1));
        try (var client = TurnClient.tcp(coturn.address(), credential.username(), credential.password(), TIMEOUT)) {
            client.allocate();
            client.permit(sfu.address());
            client.ask(sfu.address());
        }
    }

    @Test
    void relaysToThePublicAddressWithoutLeavingTheMachine() throws IOException {
        try (var client = client()) {
            assertEquals(InetAddress.ofLiteral("203.0.113.7"), client.allocate().getAddress());
            client.permit(peer("203.0.113.7"));
            client.ask(peer("203.0.113.7"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.2", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "8.8.8.8",
        "203.0.113.8", "255.255.255.255", "224.0.0.1", "0.0.0.1",
    })
    void relaysToNothingElse(String address) throws IOException {
        try (var client = client()) {
            client.allocate();
            var refusal = assertThrows(TurnException.class, () -> client.permit(peer(address)));
            assertEquals(FORBIDDEN, refusal.code(), address);
        }
    }

    @Test
    void relaysToNothingElseWithoutPermissionEither() throws IOException {
        try (var other = StunResponder.start("127.0.0.2");
                var client = client()) {
            client.allocate();
            client.permit(sfu.address());
            client.send(other.address(), new byte[] {1});
            client.ask(sfu.address()); // what was sent before has gone its way by now
            assertEquals(0, other.asked());
        }
    }

    @Test
    void hasNoRelayOfTheOtherAddressFamilyToGetAround() throws IOException {
        try (var client = client()) {
            assertThrows(TurnException.class, () -> client.allocate(6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "::", "fe80::1", "fd00::1", "2001:db8::1"})
    void doesNotRelayToTheOtherAddressFamily(String address) throws IOException {
        try (var client = client()) {
            client.allocate();
            assertThrows(TurnException.class, () -> client.permit(peer(address)));
        }
    }

    @Test
    void refusesCredentialsThatEndedOrAreWrong() throws IOException {
        var ended = coturn.credential(Duration.ofSeconds(-5));
        try (var client = TurnClient.udp(coturn.address(), ended.username(), ended.password(), TIMEOUT)) {
            assertEquals(UNAUTHORIZED, assertThrows(TurnException.class, client::allocate).code());
        }
        var right = coturn.credential(Duration.ofMinutes(1));
        try (var client = TurnClient.udp(coturn.address(), right.username(), ended.password(), TIMEOUT)) {
            assertEquals(UNAUTHORIZED, assertThrows(TurnException.class, client::allocate).code());
        }
        // The time in the name is signed: nobody can move it.
        var later = (Long.parseLong(right.username().split(":")[0]) + 3_600) + ":somebody";
        try (var client = TurnClient.udp(coturn.address(), later, right.password(), TIMEOUT)) {
            assertEquals(UNAUTHORIZED, assertThrows(TurnException.class, client::allocate).code());
        }
    }

    @Test
    void givesOneUserSoManyRelaysAndNoMore() throws IOException {
        var credential = dev.parley.server.reach.TurnCredential.of(
                coturn.secret, "greedy", java.time.Instant.now().plusSeconds(60));
        var clients = new ArrayList<TurnClient>();
        try {
            int code = 0;
            for (int i = 0; i < 100 && code == 0; i++) {
                var client = TurnClient.udp(coturn.address(), credential.username(), credential.password(), TIMEOUT);
                clients.add(client);
                try {
                    client.allocate();
                } catch (TurnException e) {
                    code = e.code();
                }
            }
            assertEquals(QUOTA, code);
            assertEquals(49, clients.size());
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void keepsTheSecretToItsOwner() throws IOException {
        for (var name : List.of("secret", "turnserver.conf")) {
            var file = coturn.plan.folder().resolve(name);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), name);
        }
    }

    @Test
    void hasEverySettingOfThePapersListingOrSaysWhyNot() throws IOException {
        var text = Files.readString(coturn.plan.folder().resolve("turnserver.conf"));
        for (var setting : List.of(
                "\nlistening-ip=127.0.0.1", "\nexternal-ip=203.0.113.7/127.0.0.1", "\nlistening-port=", "\nmin-port=20000",
                "\nmax-port=", "\nlt-cred-mech", "\nrealm=", "There is no user=", "\nrelay-ip=127.0.0.1")) {
            assertTrue(text.contains(setting), setting);
        }
        assertTrue(!text.contains("\nuser="), "no static user");
    }
}
