package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.TransportAddress;
import org.junit.jupiter.api.Test;

final class TcpAdmissionTest {
    private final TcpAdmission admission = new TcpAdmission(new TcpAdmission.Limits(10, 5, 6, 3));

    private static TransportAddress host(int number, int port) {
        return TransportAddress.ipv4(0x0a00_0000 + number, port);
    }

    @Test
    void keepsTheStrangersOfAnAddressFewAndLetsInWhoIsKnown() {
        for (int port = 0; port < 3; port++) {
            assertTrue(admission.admit(host(1, port)));
        }
        assertFalse(admission.admit(host(1, 3)), "a fourth stranger");
        assertTrue(admission.admit(host(2, 3)), "of another address");
        admission.known(host(1, 0));
        admission.known(host(1, 1));
        assertTrue(admission.admit(host(1, 4)));
        assertTrue(admission.admit(host(1, 5)));
        assertFalse(admission.admit(host(1, 6)), "a sixth connection");
        admission.left(host(1, 0), true);
        assertFalse(admission.admit(host(1, 7)), "three strangers are left");
        admission.left(host(1, 4), false);
        assertTrue(admission.admit(host(1, 7)));
    }

    @Test
    void keepsAllStrangersFewAndAllConnections() {
        for (int number = 0; number < 6; number++) {
            assertTrue(admission.admit(host(number, 1)));
        }
        assertFalse(admission.admit(host(99, 1)), "a seventh stranger");
        for (int number = 0; number < 6; number++) {
            admission.known(host(number, 1));
        }
        for (int number = 0; number < 4; number++) {
            assertTrue(admission.admit(host(number, 2)));
        }
        assertEquals(10, admission.connections());
        assertFalse(admission.admit(host(99, 1)), "an eleventh connection");
    }

    @Test
    void takesANetworkOfIpv6ForOneAddress() {
        for (int i = 0; i < 3; i++) {
            assertTrue(admission.admit(new TransportAddress(7, i, 1)));
        }
        assertFalse(admission.admit(new TransportAddress(7, 99, 1)));
        assertTrue(admission.admit(new TransportAddress(8, 99, 1)));
    }
}
