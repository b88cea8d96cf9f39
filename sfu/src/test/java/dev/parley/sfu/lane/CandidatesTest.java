package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1", "::", "2001:db8::1", "2001:db8:0:1:1:1:1:1", "2001:0:0:1::1", "fe80::1:0:0:1",
                "1:2:3:4:5:6:7:8"
            })
    void writesIpv6AsRfc5952Does(String canonical) {
        assertEquals(canonical, Ipv6Text.of(InetAddress.ofLiteral(canonical).getAddress()));
    }

    @Test
    void announcesOnlyWhatTheSocketIsBoundTo() {
        assertEquals(List.of("127.0.0.1"), Candidates.ofThisMachine(List.of(InetAddress.ofLiteral("127.0.0.1"))));
        var ipv4 = Candidates.ofThisMachine(List.of(InetAddress.ofLiteral("0.0.0.0")));
        assertTrue(ipv4.stream().noneMatch(address -> address.contains(":")), ipv4.toString());
        assertEquals("127.0.0.1", ipv4.getLast());
    }
}
