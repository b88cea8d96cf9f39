package dev.parley.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.server.config.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClientAddressTest {
    private final ClientAddress addresses =
            new ClientAddress(List.of(AddressRange.parse("10.0.0.0/8").orElseThrow()));

    private String of(String peer, String... forwardedFor) {
        return addresses.of(new InetSocketAddress(InetAddress.ofLiteral(peer), 1234), List.of(forwardedFor));
    }

    @Test
    void isThePeersForADirectConnection() {
        assertEquals("192.0.2.1", of("192.0.2.1"));
    }

    @Test
    void ignoresWhatAStrangerSaysOfItself() {
        assertEquals("192.0.2.1", of("192.0.2.1", "198.51.100.1"));
    }

    @Test
    void isTheLastAddressThatATrustedProxySaw() {
        assertEquals("198.51.100.1", of("10.0.0.1", "203.0.113.1, 198.51.100.1"));
        assertEquals("198.51.100.1", of("10.0.0.1", "203.0.113.1, 198.51.100.1", "10.0.0.2"));
    }

    @Test
    void isTheProxysWhenItSaysNothingUsable() {
        assertEquals("10.0.0.1", of("10.0.0.1"));
        assertEquals("10.0.0.1", of("10.0.0.1", "unknown"));
    }

    @Test
    void isTheNetworkOfAnIpv6Client() {
        assertEquals(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assertEquals("2001:db8:1:2:0:0:0:0/64", of("2001:db8:1:2::1"));
    }
}
