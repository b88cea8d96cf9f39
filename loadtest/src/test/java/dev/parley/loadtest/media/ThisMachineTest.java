package dev.parley.loadtest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.TransportAddress;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThisMachineTest {
    private static final TransportAddress LOOPBACK = at("127.0.0.1");

    private static TransportAddress at(String address) {
        return TransportAddress.of(InetAddress.ofLiteral(address), 4_000);
    }

    @Test
    void knowsItsLoopbackAddressesAndNoStrangers() {
        assertTrue(ThisMachine.hasAll(List.of(LOOPBACK, at("127.3.2.1"))));
        // Of the range for documentation (RFC 5737): no machine has it.
        assertFalse(ThisMachine.hasAll(List.of(LOOPBACK, at("203.0.113.7"))));
    }

    @Test
    void reachesNoIpv6AddressFromLoopbackAddressesOfIpv4() {
        assertFalse(ThisMachine.hasAll(List.of(at("::1"))));
    }

    @Test
    void meetsAServerOfThisMachineAtItsLoopbackAddresses() throws Exception {
        var own = java.net.NetworkInterface.networkInterfaces()
                .flatMap(java.net.NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address)
                .map(address -> TransportAddress.of(address, 4_000))
                .toList();
        assertTrue(own.contains(LOOPBACK));
        assertEquals(List.of(LOOPBACK), ThisMachine.loopbackOf(own));
        assertEquals(List.of(), ThisMachine.loopbackOf(List.of(LOOPBACK, at("203.0.113.7"))));
    }

    @Test
    void doesNotTakeAServerWithoutAddressesForItsOwn() {
        assertFalse(ThisMachine.hasAll(List.of()));
    }
}
