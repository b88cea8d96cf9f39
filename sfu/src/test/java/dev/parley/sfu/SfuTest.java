package dev.parley.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SfuTest {
    private static SfuConfig local() {
        return SfuConfig.defaults().withMediaPort(0).withListenAddresses(List.of("127.0.0.1"));
    }

    @Test
    void tellsWhichAddressesItAnnounces() {
        try (var sfu = Sfu.start(local())) {
            assertEquals(List.of("127.0.0.1"), sfu.announcedAddresses());
        }
        try (var sfu = Sfu.start(local().withAnnouncedAddresses(List.of("203.0.113.7", "198.51.100.7")))) {
            assertEquals(List.of("203.0.113.7", "198.51.100.7"), sfu.announcedAddresses());
        }
    }

    @Test
    void tellsThatItsPortIsTaken() {
        try (var first = Sfu.start(local())) {
            var refusal = assertThrows(SfuException.class, () -> Sfu.start(local().withMediaPort(first.mediaPort())));
            assertEquals("port-in-use", refusal.code());
            assertTrue(refusal.getMessage().contains(Integer.toString(first.mediaPort())), refusal.getMessage());
        }
    }

    @Test
    void freesItsPortWhenItCloses() {
        int port;
        try (var first = Sfu.start(local())) {
            port = first.mediaPort();
        }
        try (var second = Sfu.start(local().withMediaPort(port))) {
            assertEquals(port, second.mediaPort());
        }
    }

    @Test
    void refusesAddressesThatAreNotThisMachines() {
        assertRefused(() -> Sfu.start(local().withListenAddresses(List.of("192.0.2.1"))), "192.0.2.1");
    }

    @Test
    void namesCauseAndCureOfAWrongConfiguration() {
        assertRefused(() -> SfuConfig.defaults().withMediaPort(70_000), "70000");
        assertRefused(() -> SfuConfig.defaults().withMediaPort(-1), "-1");
        assertRefused(() -> SfuConfig.defaults().withListenAddresses(List.of()), "0.0.0.0");
        assertRefused(() -> SfuConfig.defaults().withListenAddresses(List.of("localhost")), "localhost");
        assertRefused(() -> SfuConfig.defaults().withAnnouncedAddresses(List.of("example.org")), "example.org");
        assertRefused(() -> SfuConfig.defaults().withAnnouncedAddresses(List.of("0.0.0.0")), "0.0.0.0");
        assertRefused(() -> new SfuLimits(0, 1, 1, 1), "limit");
    }

    private static void assertRefused(Supplier<?> call, String mentioned) {
        var refusal = assertThrows(SfuException.class, call::get);
        assertEquals("invalid-config", refusal.code());
        assertTrue(refusal.getMessage().contains(mentioned), refusal.getMessage());
    }

    @Test
    void announcesTheGivenAddressesInTheirOrder() {
        var config = local().withAnnouncedAddresses(List.of("203.0.113.7", "2001:db8::1"));
        try (var sfu = Sfu.start(config)) {
            var candidates = sfu.createRouter(RouterOptions.defaults()).createWebRtcTransport().iceCandidates();
            assertEquals(
                    List.of("203.0.113.7", "2001:db8::1", "203.0.113.7", "2001:db8::1"),
                    candidates.stream().map(IceCandidate::ip).toList());
            assertEquals(
                    List.of("udp", "udp", "tcp", "tcp"),
                    candidates.stream().map(IceCandidate::protocol).toList());
            var first = candidates.getFirst();
            assertEquals(1_076_302_079L, first.priority());
            assertEquals("udpcandidate", first.foundation());
            assertEquals("udp", first.protocol());
            assertEquals("host", first.type());
            assertEquals(first.ip(), first.address());
            assertEquals(sfu.mediaPort(), first.port());
            assertTrue(first.tcpType().isEmpty());
            assertTrue(candidates.get(1).priority() < first.priority());
        }
    }

    @Test
    void namesTheTcpPortThatIsTakenAndDoesWithoutIfTold() throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
            var config = local().withMediaPort(taken.getLocalPort());
            var refusal = assertThrows(SfuException.class, () -> Sfu.start(config).close());
            assertEquals("tcp-port-in-use", refusal.code());
            assertTrue(refusal.getMessage().contains("" + taken.getLocalPort()), refusal.getMessage());
            try (var sfu = Sfu.start(config.withIceTcp(false))) {
                assertEquals(taken.getLocalPort(), sfu.mediaPort());
            }
        }
    }

    @Test
    void announcesTheMachinesOwnAddressesAndLoopbackWhenNothingIsConfigured() {
        try (var sfu = Sfu.start(SfuConfig.defaults().withMediaPort(0))) {
            var ips = sfu.createRouter(RouterOptions.defaults()).createWebRtcTransport().iceCandidates().stream()
                    .filter(candidate -> candidate.protocol().equals("udp"))
                    .map(IceCandidate::ip)
                    .toList();
            assertTrue(ips.contains("127.0.0.1"), ips.toString());
            assertTrue(ips.indexOf("127.0.0.1") >= ips.stream().filter(ip -> !isLoopback(ip)).count(), ips.toString());
            assertEquals(ips.size(), new HashSet<>(ips).size());
        }
    }

    private static boolean isLoopback(String ip) {
        return ip.startsWith("127.") || ip.equals("::1");
    }

    @Test
    void holdsItsLimits() {
        try (var sfu = Sfu.start(local().withLimits(new SfuLimits(2, 1, 1, 1)))) {
            var router = sfu.createRouter(RouterOptions.defaults());
            var from = router.createWebRtcTransport();
            var to = router.createWebRtcTransport();
            assertEquals("limit-reached", codeOf(router::createWebRtcTransport));
            var producer = from.produce(new ProducerOptions(MediaKind.AUDIO, TestParameters.opus("0", 1)));
            assertEquals(
                    "limit-reached",
                    codeOf(() -> from.produce(new ProducerOptions(MediaKind.AUDIO, TestParameters.opus("1", 2)))));
            var options = new ConsumerOptions(producer.id(), router.rtpCapabilities());
            var consumer = to.consume(options);
            assertEquals("limit-reached", codeOf(() -> to.consume(options)));
            consumer.close();
            to.consume(options);
            to.close();
            router.createWebRtcTransport();
        }
    }

    private static String codeOf(Supplier<?> call) {
        return assertThrows(SfuException.class, call::get).code();
    }

    @Test
    void answersManyThreadsAtOnce() throws Exception {
        try (var sfu = Sfu.start(local());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var router = sfu.createRouter(RouterOptions.defaults());
            Callable<WebRtcTransport> create = router::createWebRtcTransport;
            var created = threads.invokeAll(Collections.nCopies(500, create));
            var fragments = new HashSet<String>();
            for (var transport : created) {
                fragments.add(transport.get().iceParameters().usernameFragment());
            }
            assertEquals(500, fragments.size());
            assertEquals(500, sfu.stats().transports());
        }
    }

    @Test
    void startsConsumersWithIdsMidsAndSsrcsOfTheirOwn() {
        try (var sfu = Sfu.start(local())) {
            var router = sfu.createRouter(RouterOptions.defaults());
            var from = router.createWebRtcTransport();
            var to = router.createWebRtcTransport();
            var producer = from.produce(new ProducerOptions(MediaKind.VIDEO, TestParameters.vp8("0", 10, 11)));
            var first = to.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities()));
            var second = to.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities()));
            assertTrue(first.paused() && second.paused());
            assertEquals("0", first.rtpParameters().mid().orElseThrow());
            assertEquals("1", second.rtpParameters().mid().orElseThrow());
            assertFalse(ssrc(first) == ssrc(second) || ssrc(first) == 10);
            assertEquals("simple", first.type());
            assertEquals(producer.id(), first.producerId());
        }
    }

    private static long ssrc(Consumer consumer) {
        return consumer.rtpParameters().encodings().getFirst().ssrc().orElseThrow();
    }
}
