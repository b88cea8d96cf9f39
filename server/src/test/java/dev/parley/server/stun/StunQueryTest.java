package dev.parley.server.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.StunResponder;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StunQueryTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 203.0.113.7", "127.0.0.1, 2001:db8::7", "::1, 2001:db8::7"})
    void learnsFromWhereItIsSeen(String server, String seen) throws IOException {
        try (var responder = StunResponder.claiming(server, seen)) {
            var mapped = StunQuery.ask(responder.address(), Duration.ofSeconds(10));
            assertEquals(InetAddress.ofLiteral(seen), mapped.getAddress());
            assertTrue(mapped.getPort() > 0);
        }
    }

    @Test
    void asksAgainWhenNothingComes() throws IOException {
        try (var deaf = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            var address = (InetSocketAddress) deaf.getLocalSocketAddress();
            assertThrows(SocketTimeoutException.class, () -> StunQuery.ask(address, Duration.ofMillis(900)));
            deaf.setSoTimeout(1_000);
            var packet = new java.net.DatagramPacket(new byte[100], 100);
            deaf.receive(packet);
            deaf.receive(packet); // fails by a timeout if there was only one
        }
    }

    @Test
    void takesOnlyTheAnswerToItsOwnRequest() {
        var request = StunQuery.request();
        var frame = StunFrame.parse(request).orElseThrow();
        var mapped = StunFrame.xorAddress(
                StunFrame.XOR_MAPPED_ADDRESS, new InetSocketAddress("127.0.0.1", 9), frame.transaction());
        var answer = new StunFrame(0x0101, frame.transaction(), List.of(mapped)).encode(Optional.empty());
        assertTrue(StunQuery.isAnswer(request, answer));
        assertFalse(StunQuery.isAnswer(StunQuery.request(), answer));
        assertFalse(StunQuery.isAnswer(request, request));
    }

    @Test
    void neverThrowsOnWhatComesIn() {
        var random = new Random(7);
        var valid = StunQuery.request();
        for (int i = 0; i < 20_000; i++) {
            var bytes = Arrays.copyOf(valid, random.nextInt(64));
            for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            StunFrame.parse(bytes).ifPresent(frame -> {
                frame.errorCode();
                frame.errorReason();
                frame.xorAddress(StunFrame.XOR_MAPPED_ADDRESS);
            });
        }
    }
}
