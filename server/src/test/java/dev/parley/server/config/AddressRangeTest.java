package dev.parley.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.1.2,true",
        "10.0.0.0/8,11.0.0.1,false",
        "192.0.2.128/25,192.0.2.127,false",
        "192.0.2.128/25,192.0.2.129,true",
        "0.0.0.0/0,203.0.113.9,true",
        "192.0.2.1,192.0.2.1,true",
        "192.0.2.1,192.0.2.2,false",
        "2001:db8::/32,2001:db8:ffff::1,true",
        "2001:db8::/32,2001:db9::1,false",
        "0.0.0.0/0,2001:db8::1,false",
    })
    void containsWhatSharesItsPrefix(String range, String address, boolean contained) {
        assertEquals(contained, AddressRange.parse(range).orElseThrow().contains(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "/8",
            "10.0.0.0/8/8"})
    void refusesWhatIsNoRange(String text) {
        assertEquals(Optional.empty(), AddressRange.parse(text));
    }
}
