package dev.parley.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.server.testing.Configs;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownHostsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "localhost,true",
        "LOCALHOST,true",
        "localhost.,true",
        "127.0.0.1,true",
        "[::1],true",
        "192.0.2.5,true", // the address that the request came in on
        "192.0.2.6,false",
        "203.0.113.7,true", // announced
        "[2001:db8::7],true",
        "meet.example.org,true",
        "other.example.org,true",
        "example.org,false",
        "evil.example,false",
        "localhost.evil.example,false",
    })
    void allowsItsOwnNamesOnly(String host, boolean allowed) {
        var config = Configs.of(
                folder,
                Map.of(
                        "PARLEY_ANNOUNCED_ADDRESS", "203.0.113.7,2001:db8::7",
                        "PARLEY_PUBLIC_URL", "https://meet.example.org/",
                        "PARLEY_ALLOWED_HOST", "Other.example.org"));
        assertEquals(allowed, new KnownHosts(config).allows(host, InetAddress.ofLiteral("192.0.2.5")));
    }
}
