package dev.parley.sfu.engine.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunKey;
import dev.parley.sfu.wire.stun.StunMessage;
import dev.parley.sfu.wire.stun.StunType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class IceLiteTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 7 * SECOND;
    private static final String PASSWORD = "0123456789abcdefghijklmnop";

    private final DropCounters drops = new DropCounters();
    private final IceLite ice = new IceLite("here", PASSWORD, IceConfig.defaults(), drops, START);
    private final Recorder out = new Recorder();
    private final Random random = new Random(1);

    @Test
    void answersAnAuthenticatedCheckWithTheAddressItSaw() {
        check(START, address(1), false);
        var answer = StunMessage.parse(out.sent.getFirst()).orElseThrow();
        assertEquals(StunType.BINDING_SUCCESS, answer.type());
        assertEquals(Optional.of(address(1)), answer.xorMappedAddress());
        assertTrue(answer.hasIntegrity(new StunKey(PASSWORD)));
        assertEquals(List.of(address(1)), out.selected);
        assertEquals(List.of(IceState.CONNECTED), out.states);
        assertTrue(ice.isValid(address(1)));
        assertFalse(ice.isValid(address(2)));
    }

    @Test
    void completesWhenAPairIsNominated() {
        check(START, address(1), false);
        check(START, address(2), false);
        check(START, address(2), true);
        assertEquals(List.of(IceState.CONNECTED, IceState.COMPLETED), out.states);
        assertEquals(Optional.of(address(2)), ice.selected());
        assertTrue(ice.isValid(address(1)));
    }

    @Test
    void followsTheLatestNomination() {
        check(START, address(1), true);
        check(START + 1, address(2), true);
        check(START + 2, address(2), true);
        check(START + 3, address(1), true);
        assertEquals(List.of(address(1), address(2), address(1)), out.selected);
        assertEquals(List.of(IceState.COMPLETED), out.states);
    }

    @Test
    void staysSilentWhenTheIntegrityIsWrongOrMissing() {
        var wrong = request("here:there", builder -> builder.priority(1)).build(new StunKey("another password"));
        var missing = request("here:there", builder -> builder.priority(1)).build();
        ice.receive(START, address(1), wrong, out);
        ice.receive(START, address(1), missing, out);
        assertEquals(2, drops.of(Drop.STUN_INTEGRITY));
        assertNothingHappened();
    }

    @Test
    void staysSilentToAnotherUserAndToNoise() {
        ice.receive(START, address(1), signed(request("nowhere:there", builder -> builder.priority(1))), out);
        ice.receive(START, address(1), signed(request("here", builder -> builder.priority(1))), out);
        ice.receive(START, address(1), new byte[40], out);
        ice.receive(START, address(1), new StunBuilder(StunType.BINDING_INDICATION, new byte[12]).build(), out);
        assertEquals(2, drops.of(Drop.STUN_UNKNOWN_USER));
        assertEquals(1, drops.of(Drop.STUN_MALFORMED));
        assertEquals(1, drops.of(Drop.STUN_UNEXPECTED));
        assertNothingHappened();
    }

    @Test
    void wrongIntegrityDoesNotTouchARunningSession() {
        check(START, address(1), true);
        for (int i = 0; i < 1000; i++) {
            var forged = request("here:there", builder -> builder.priority(1).useCandidate());
            ice.receive(START + i, address(2), forged.build(new StunKey("guess " + i)), out);
        }
        assertEquals(Optional.of(address(1)), ice.selected());
        assertEquals(1, out.sent.size());
        assertEquals(1000, drops.of(Drop.STUN_INTEGRITY));
    }

    @Test
    void answersErrorsOnlyToWhomItKnows() {
        assertEquals(OptionalInt.of(400), errorTo(builder -> builder));
        assertEquals(OptionalInt.of(487), errorTo(builder -> builder.priority(1).iceControlled(99)));
        assertEquals(OptionalInt.of(420), errorTo(builder -> builder.priority(1).attribute(0x7777, new byte[2])));
        assertEquals(IceState.NEW, ice.state());
        assertFalse(ice.isValid(address(1)));
    }

    private OptionalInt errorTo(UnaryOperator<StunBuilder> content) {
        out.sent.clear();
        ice.receive(START, address(1), signed(request("here:there", content)), out);
        var answer = StunMessage.parse(out.sent.getFirst()).orElseThrow();
        assertEquals(StunType.BINDING_ERROR, answer.type());
        assertTrue(answer.hasIntegrity(new StunKey(PASSWORD)));
        return answer.errorCode();
    }

    @Test
    void aFloodOfAddressesNeverDisplacesTheOneInUse() {
        check(START, address(0), true);
        for (int i = 1; i <= 100; i++) {
            check(START + i, address(i), false);
        }
        assertEquals(Optional.of(address(0)), ice.selected());
        assertTrue(ice.isValid(address(0)));
        int valid = 0;
        for (int i = 0; i <= 100; i++) {
            valid += ice.isValid(address(i)) ? 1 : 0;
        }
        assertEquals(8, valid);
        assertTrue(ice.isValid(address(100)));
        assertFalse(ice.isValid(address(1)));
    }

    @Test
    void consentEndsAfterThirtySecondsAndTheTransportAfterSixty() {
        check(START, address(1), true);
        check(START + 10 * SECOND, address(1), false);
        assertEquals(START + 40 * SECOND, ice.nextTimeout());
        ice.timeout(START + 40 * SECOND - 1, out);
        assertEquals(IceState.COMPLETED, ice.state());
        ice.timeout(START + 40 * SECOND, out);
        assertEquals(IceState.DISCONNECTED, ice.state());
        assertEquals(Optional.empty(), ice.selected());
        assertFalse(ice.isValid(address(1)));
        assertEquals(START + 70 * SECOND, ice.nextTimeout());
        ice.timeout(START + 70 * SECOND, out);
        assertEquals(IceState.CLOSED, ice.state());
        assertEquals(Long.MAX_VALUE, ice.nextTimeout());
        check(START + 71 * SECOND, address(1), true);
        assertEquals(IceState.CLOSED, ice.state());
        assertEquals(List.of(IceState.COMPLETED, IceState.DISCONNECTED, IceState.CLOSED), out.states);
    }

    @Test
    void aCheckRecoversFromDisconnection() {
        check(START, address(1), true);
        ice.timeout(START + 30 * SECOND, out);
        check(START + 50 * SECOND, address(2), true);
        assertEquals(List.of(IceState.COMPLETED, IceState.DISCONNECTED, IceState.COMPLETED), out.states);
        assertEquals(Optional.of(address(2)), ice.selected());
    }

    @Test
    void anotherLiveAddressTakesOverWhenTheOneInUseGoesQuiet() {
        check(START, address(1), true);
        check(START + 20 * SECOND, address(2), false);
        check(START + 25 * SECOND, address(3), false);
        ice.timeout(START + 30 * SECOND, out);
        assertEquals(Optional.of(address(3)), ice.selected());
        assertEquals(IceState.CONNECTED, ice.state());
        assertFalse(ice.isValid(address(1)));
    }

    @Test
    void anAddressThatIsGoneIsReplacedAtOnceByOneThatIsStillGood() {
        check(START, address(1), true);
        check(START + 1, address(2), true);
        ice.gone(START + 2, address(2), out);
        assertEquals(address(1), ice.selected().orElseThrow());
        assertFalse(ice.isValid(address(2)));
        assertEquals(IceState.COMPLETED, ice.state());
        ice.gone(START + 3, address(2), out);
        assertEquals(address(1), ice.selected().orElseThrow());
        ice.gone(START + 4, address(1), out);
        assertEquals(IceState.DISCONNECTED, ice.state());
        assertTrue(ice.selected().isEmpty());
        check(START + 5, address(2), true);
        assertEquals(IceState.COMPLETED, ice.state());
        assertEquals(address(2), ice.selected().orElseThrow());
    }

    @Test
    void closesWhenNobodyEverConnects() {
        assertEquals(START + 30 * SECOND, ice.nextTimeout());
        ice.timeout(START + 30 * SECOND - 1, out);
        assertEquals(IceState.NEW, ice.state());
        ice.timeout(START + 30 * SECOND, out);
        assertEquals(List.of(IceState.CLOSED), out.states);
    }

    @Test
    void aRestartKeepsTheOldAddressUntilTheFirstCheckWithNewCredentials() {
        check(START, address(1), true);
        ice.restart("new", "a new password of good length");
        check(START + SECOND, address(1), true);
        assertEquals(Optional.of(address(1)), ice.selected());
        assertEquals(2, out.sent.size());

        var renewed = request("new:there", builder -> builder.priority(1))
                .build(new StunKey("a new password of good length"));
        ice.receive(START + 2 * SECOND, address(2), renewed, out);
        assertEquals(Optional.of(address(2)), ice.selected());
        assertTrue(ice.isValid(address(1)));
        check(START + 3 * SECOND, address(1), true);
        assertEquals(Optional.of(address(2)), ice.selected());
        assertEquals(1, drops.of(Drop.STUN_UNKNOWN_USER));
    }

    @Test
    void candidatePrioritiesAreThoseOfMediasoup() {
        assertEquals(1076302079L, IceCandidates.udpPriority(0));
        assertEquals(1076276479L, IceCandidates.tcpPriority(0));
        assertTrue(IceCandidates.udpPriority(1) < IceCandidates.tcpPriority(0));
        assertThrows(IllegalArgumentException.class, () -> IceCandidates.udpPriority(50));
    }

    @Test
    void credentialsAreOfIceCharactersAndDiffer() {
        var one = IceCredentials.generate(new java.security.SecureRandom());
        var two = IceCredentials.generate(new java.security.SecureRandom());
        assertTrue(one.usernameFragment().matches("[A-Za-z0-9+/]{16}"));
        assertTrue(one.password().matches("[A-Za-z0-9+/]{32}"));
        assertFalse(one.equals(two));
        assertFalse(one.toString().contains(one.password()));
    }

    @Test
    void mutatedChecksNeverThrowAndNeverConnect() {
        var good = signed(request("here:there", builder -> builder.priority(1).useCandidate()));
        for (int i = 0; i < 100_000; i++) {
            var bad = good.clone();
            int at = random.nextInt(bad.length - 8);
            bad[at] ^= (byte) (1 + random.nextInt(255));
            ice.receive(START, address(1), bad, out);
        }
        assertNothingHappened();
    }

    private void check(long now, TransportAddress from, boolean nominate) {
        var request = request("here:there", builder -> builder.priority(1845501695L).iceControlling(5));
        ice.receive(now, from, signed(nominate ? request.useCandidate() : request), out);
    }

    private StunBuilder request(String username, UnaryOperator<StunBuilder> content) {
        var id = new byte[12];
        random.nextBytes(id);
        return content.apply(new StunBuilder(StunType.BINDING_REQUEST, id).username(username));
    }

    private static byte[] signed(StunBuilder request) {
        return request.build(new StunKey(PASSWORD));
    }

    private void assertNothingHappened() {
        assertEquals(List.of(), out.sent);
        assertEquals(List.of(), out.states);
        assertEquals(Optional.empty(), ice.selected());
        assertEquals(IceState.NEW, ice.state());
    }

    private static TransportAddress address(int last) {
        return TransportAddress.ipv4(0xc000_0200 + last, 5000);
    }

    private static final class Recorder implements IceLite.Out {
        private final List<byte[]> sent = new ArrayList<>();
        private final List<TransportAddress> selected = new ArrayList<>();
        private final List<IceState> states = new ArrayList<>();

        @Override
        public void send(TransportAddress to, byte[] datagram) {
            sent.add(datagram);
        }

        @Override
        public void selected(TransportAddress remote) {
            selected.add(remote);
        }

        @Override
        public void stateChanged(IceState state) {
            states.add(state);
        }
    }
}
