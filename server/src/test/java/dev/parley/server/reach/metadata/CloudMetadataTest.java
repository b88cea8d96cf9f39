package dev.parley.server.reach.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imitations of each cloud's service, with answers as their manuals show them. */
final class CloudMetadataTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private record Page(String method, Map<String, String> headers, String body) {}

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var page = pages.get(exchange.getRequestURI().toString());
            boolean allowed = page != null
                    && exchange.getRequestMethod().equals(page.method())
                    && page.headers().entrySet().stream().allMatch(
                            header -> header.getValue().equals(exchange.getRequestHeaders().getFirst(header.getKey())));
            var body = allowed ? page.body().getBytes(StandardCharsets.UTF_8) : new byte[0];
            exchange.sendResponseHeaders(allowed ? 200 : page == null ? 404 : 401, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void get(String path, Map<String, String> headers, String body) {
        pages.put(path, new Page("GET", headers, body));
    }

    private CloudMetadata metadata() {
        return new CloudMetadata(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private List<String> found() {
        return metadata().ask(LONG).stream().map(each -> each.address().getHostAddress()).toList();
    }

    @Test
    void asksGoogle() {
        get("/computeMetadata/v1/instance/network-interfaces/?recursive=true", Map.of("Metadata-Flavor", "Google"), """
                [{"accessConfigs":[{"externalIp":"104.196.228.36","type":"ONE_TO_ONE_NAT"}],"dnsServers":["169.254.169.254"],
                  "forwardedIps":[],"gateway":"10.138.0.1","ip":"10.138.0.2","ipAliases":[],"mac":"42:01:0a:8a:00:02",
                  "ipv6s":["2600:1900:4000:1:0:0:0:0"],"mtu":1460,"network":"projects/1/networks/default"}]""");
        assertEquals(List.of("104.196.228.36", "2600:1900:4000:1:0:0:0:0"), found());
        assertTrue(metadata().ask(LONG).getFirst().source().contains("Google"));
    }

    @Test
    void asksAwsWithAToken() {
        pages.put("/latest/api/token", new Page("PUT", Map.of("X-aws-ec2-metadata-token-ttl-seconds", "60"), "AQAE-token=="));
        get("/latest/meta-data/public-ipv4", Map.of("X-aws-ec2-metadata-token", "AQAE-token=="), "54.210.167.204");
        get("/latest/meta-data/ipv6", Map.of("X-aws-ec2-metadata-token", "AQAE-token=="), "2600:1f18:1:2:3:4:5:6\n");
        assertEquals(List.of("54.210.167.204", "2600:1f18:1:2:3:4:5:6"), found());
    }

    @Test
    void asksAzure() {
        get("/metadata/instance/network?api-version=2021-02-01", Map.of("Metadata", "true"), """
                {"interface":[{"ipv4":{"ipAddress":[{"privateIpAddress":"10.144.133.132","publicIpAddress":"20.30.40.50"}],
                 "subnet":[{"address":"10.144.133.128","prefix":"26"}]},"ipv6":{"ipAddress":[]},"macAddress":"0011AAFFBB22"}]}""");
        assertEquals(List.of("20.30.40.50"), found());
    }

    @Test
    void asksAzuresLoadBalancerForAnAddressThatTheMachineItselfDoesNotHave() {
        get("/metadata/instance/network?api-version=2021-02-01", Map.of("Metadata", "true"), """
                {"interface":[{"ipv4":{"ipAddress":[{"privateIpAddress":"10.0.0.4","publicIpAddress":""}]}}]}""");
        get("/metadata/loadbalancer?api-version=2020-10-01", Map.of("Metadata", "true"), """
                {"loadbalancer":{"publicIpAddresses":[{"frontendIpAddress":"51.0.0.1","privateIpAddress":"10.0.0.4"}],
                 "inboundRules":[],"outboundRules":[]}}""");
        assertEquals(List.of("51.0.0.1"), found());
    }

    @Test
    void asksHetzner() {
        get("/hetzner/v1/metadata/public-ipv4", Map.of(), "49.12.34.56");
        assertEquals(List.of("49.12.34.56"), found());
    }

    @Test
    void asksOpenStackForFloatingAndForFixedAddresses() {
        get("/openstack/latest/network_data.json", Map.of(), """
                {"links":[{"id":"tap1","type":"ovs","mtu":1500}],"networks":[
                 {"id":"network0","type":"ipv4","ip_address":"10.184.0.244","netmask":"255.255.240.0"},
                 {"id":"network1","type":"ipv6","ip_address":"2001:cdba::3257:9652","netmask":"ffff::"}],"services":[]}""");
        get("/latest/meta-data/public-ipv4", Map.of(), "185.0.0.7");
        assertEquals(List.of("185.0.0.7", "2001:cdba:0:0:0:0:3257:9652"), found());
    }

    @Test
    void takesNothingThatIsNoPublicAddress() {
        get("/hetzner/v1/metadata/public-ipv4", Map.of(), "10.0.0.5");
        get("/computeMetadata/v1/instance/network-interfaces/?recursive=true", Map.of("Metadata-Flavor", "Google"), """
                [{"accessConfigs":[{"externalIp":"not an address"},{"externalIp":["1.2.3.4"]},{"externalIp":""},7]},"x"]""");
        get("/openstack/latest/network_data.json", Map.of(), "<html>");
        pages.put("/latest/api/token", new Page("PUT", Map.of(), "a token\r\nwith a line"));
        assertEquals(List.of(), found());
    }

    @Test
    void isSilentWhereThereIsNone() {
        assertEquals(List.of(), found());
        server.stop(0);
        assertEquals(List.of(), found());
    }

    @Test
    void doesNotWaitForWhatNeverAnswers() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();
            var metadata = new CloudMetadata(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            assertEquals(List.of(), metadata.ask(Duration.ofMillis(500)));
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(5).toNanos());
        }
    }
}
