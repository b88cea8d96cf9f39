package dev.parley.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IceUrlTest {
    @ParameterizedTest
    @CsvSource({
        "turn:turn.example.org, turn, turn.example.org, 3478, udp",
        "turn:203.0.113.7:80?transport=tcp, turn, 203.0.113.7, 80, tcp",
        "TURNS:turn.example.org, turns, turn.example.org, 5349, tcp",
        "turns:[2001:db8::1]:443?transport=TCP, turns, [2001:db8::1], 443, tcp",
        "stun:stun.example.org:19302, stun, stun.example.org, 19302, udp",
        "stuns:stun.example.org, stuns, stun.example.org, 5349, tcp",
    })
    void readsWhatBrowsersTake(String text, String scheme, String host, int port, String transport) {
        var url = IceUrl.parse(text).orElseThrow();
        assertEquals(scheme, url.scheme());
        assertEquals(host, url.host());
        assertEquals(port, url.port());
        assertEquals(transport, url.transport());
        assertEquals(scheme, url.text().substring(0, url.text().indexOf(':')));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "turn:", "turn.example.org", "https://turn.example.org", "turn://turn.example.org", "turn:user@example.org",
        "turn:example.org:0", "turn:example.org:65536", "turn:example.org?transport=sctp", "stun:example.org?transport=udp",
        "turn:[2001:db8::zz]", "turn:2001:db8::1", "turn:1.2.3.400", "turn:exa mple.org", "turn:example.org\nx",
    })
    void refusesWhatBrowsersRefuse(String text) {
        assertEquals(Optional.empty(), IceUrl.parse(text));
    }

    @Test
    void knowsWhatRelaysAndWhatSpeaksTls() {
        assertTrue(IceUrl.parse("turns:a").orElseThrow().relays());
        assertTrue(IceUrl.parse("turns:a").orElseThrow().tls());
        assertFalse(IceUrl.parse("stun:a").orElseThrow().relays());
        assertFalse(IceUrl.parse("turn:a").orElseThrow().tls());
        assertEquals("2001:db8::1", IceUrl.parse("turn:[2001:db8::1]").orElseThrow().hostName());
    }
}
