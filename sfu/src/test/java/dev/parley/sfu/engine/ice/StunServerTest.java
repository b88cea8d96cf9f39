package dev.parley.sfu.engine.ice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunMessage;
import dev.parley.sfu.wire.stun.StunType;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StunServerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private static final TransportAddress FOUR = TransportAddress.ipv4(0xc000_0201, 4_321);
    private static final TransportAddress SIX = new TransportAddress(0x2001_0db8_0000_0000L, 5, 4_321);

    private final DropCounters drops = new DropCounters();
    private final StunServer server = new StunServer(7, 1, drops);

    private static byte[] request() {
        return new StunBuilder(StunType.BINDING_REQUEST, ID).buildPlain();
    }

    @Test
    void tellsAnyAddressHowItIsSeenAndNothingMore() {
        assertEquals(20, request().length);
        for (var from : new TransportAddress[] {FOUR, SIX}) {
            var answer = server.answer(0, from, request()).orElseThrow();
            assertEquals(from.isIpv4() ? 32 : 44, answer.length);
            var message = StunMessage.parse(answer).orElseThrow();
            assertEquals(StunType.BINDING_SUCCESS, message.type());
            assertArrayEquals(ID, message.transactionId());
            assertEquals(from, message.xorMappedAddress().orElseThrow());
        }
        assertEquals(2, server.answered());
    }

    @Test
    void answersAnAddressTenTimesASecondWhateverPortItHas() {
        var answers = 0;
        for (var i = 0; i < 1_000; i++) {
            var from = TransportAddress.ipv4(0xc000_0201, 1_000 + i);
            answers += server.answer(i * SECOND / 100, from, request()).isPresent() ? 1 : 0;
        }
        // Ten seconds, and twenty at once.
        assertTrue(answers >= 115 && answers <= 120, () -> "" + server.answered());
        assertEquals(1_000 - answers, drops.of(Drop.STUN_RATE_OF_ADDRESS));
        assertTrue(server.answer(10 * SECOND, SIX, request()).isPresent(), "another address is not concerned");
        assertTrue(server.answer(20 * SECOND, FOUR, request()).isPresent(), "it is over");
    }

    @Test
    void takesANetworkOfIpv6ForOneAddress() {
        var random = new SplittableRandom(1);
        for (var i = 0; i < 100; i++) {
            server.answer(0, new TransportAddress(SIX.high(), random.nextLong(), 1), request());
        }
        assertEquals(20, server.answered());
    }

    @Test
    void answersNoMoreInAllThanCouldHurtAnybodyHoweverManyAddressesAsk() {
        var random = new SplittableRandom(2);
        for (var i = 0; i < 100_000; i++) {
            server.answer(i * SECOND / 50_000, TransportAddress.ipv4(random.nextInt(), 1), request());
        }
        assertTrue(server.answered() <= 4 * StunServer.PER_SECOND_IN_ALL, () -> "" + server.answered());
        assertTrue(server.answered() > 3 * StunServer.PER_SECOND_IN_ALL, () -> "" + server.answered());
        assertEquals(
                100_000 - server.answered(),
                drops.of(Drop.STUN_RATE) + drops.of(Drop.STUN_RATE_OF_ADDRESS));
    }

    @Test
    void sharesWhatAllMayAnswerAmongTheLanes() {
        var one = new StunServer(7, 4, drops);
        var random = new SplittableRandom(3);
        for (var i = 0; i < 100_000; i++) {
            one.answer(i * SECOND / 50_000, TransportAddress.ipv4(random.nextInt(), 1), request());
        }
        assertTrue(one.answered() <= StunServer.PER_SECOND_IN_ALL, () -> "" + one.answered());
    }

    @Test
    void isSilentToWhateverIsNotExactlyAPlainRequest() {
        assertTrue(StunServer.isPlainRequest(request()));
        assertFalse(StunServer.isPlainRequest(
                new StunBuilder(StunType.BINDING_REQUEST, ID).username("a:b").build()));
        assertFalse(StunServer.isPlainRequest(new StunBuilder(StunType.BINDING_SUCCESS, ID).build()));
        assertFalse(StunServer.isPlainRequest(new StunBuilder(StunType.BINDING_INDICATION, ID).build()));
        var required = new StunBuilder(StunType.BINDING_REQUEST, ID).attribute(0x7f00, new byte[4]).buildPlain();
        assertTrue(server.answer(0, FOUR, required).isEmpty());
        var cut = java.util.Arrays.copyOf(required, required.length - 1);
        assertTrue(server.answer(0, FOUR, cut).isEmpty());
        assertEquals(Map.of(Drop.STUN_MALFORMED, 2L), drops.snapshot());
    }
}
