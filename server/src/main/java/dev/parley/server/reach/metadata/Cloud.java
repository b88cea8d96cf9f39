package dev.parley.server.reach.metadata;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How each cloud is asked for the public addresses of a machine, and what it answers. */
enum Cloud {
    /** cloud.google.com/compute/docs/metadata. */
    GOOGLE("Google Cloud") {
        @Override
        List<String> ask(MetadataHttp http) throws IOException, InterruptedException {
            var interfaces = json(http.get(
                    "/computeMetadata/v1/instance/network-interfaces/?recursive=true", "Metadata-Flavor", "Google"));
            return interfaces
                    .valueStream()
                    .flatMap(network -> Stream.concat(
                            texts(network.path("accessConfigs"), "externalIp"),
                            Stream.concat(
                                    texts(network.path("ipv6AccessConfigs"), "externalIpv6"),
                                    network.path("ipv6s").valueStream().map(JsonNode::asString))))
                    .toList();
        }
    },

    /** docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html, version 2. */
    AWS("AWS") {
        @Override
        List<String> ask(MetadataHttp http) throws IOException, InterruptedException {
            var token = http.put("/latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds", "60");
            if (token.isEmpty() || !token.get().matches("[!-~]{1,1000}")) {
                return List.of();
            }
            var header = new String[] {"X-aws-ec2-metadata-token", token.get()};
            return Stream.concat(
                            http.get("/latest/meta-data/public-ipv4", header).stream(),
                            http.get("/latest/meta-data/ipv6", header).stream())
                    .toList();
        }
    },

    /**
     * learn.microsoft.com/azure/virtual-machines/instance-metadata-service; the second is for addresses of a load
     * balancer.
     */
    AZURE("Azure") {
        @Override
        List<String> ask(MetadataHttp http) throws IOException, InterruptedException {
            var network = json(http.get("/metadata/instance/network?api-version=2021-02-01", "Metadata", "true"));
            var own = network.path("interface")
                    .valueStream()
                    .flatMap(each -> Stream.of("ipv4", "ipv6").map(each::path))
                    .flatMap(family -> texts(family.path("ipAddress"), "publicIpAddress"))
                    .toList();
            if (!own.isEmpty()) {
                return own;
            }
            var balancer = json(http.get("/metadata/loadbalancer?api-version=2020-10-01", "Metadata", "true"));
            return texts(balancer.at("/loadbalancer/publicIpAddresses"), "frontendIpAddress").toList();
        }
    },

    /** docs.hetzner.cloud, "Server Metadata". */
    HETZNER("Hetzner") {
        @Override
        List<String> ask(MetadataHttp http) throws IOException, InterruptedException {
            return http.get("/hetzner/v1/metadata/public-ipv4").stream().toList();
        }
    },

    /**
     * docs.openstack.org/nova/latest/user/metadata.html; floating addresses are in the part that is like EC2's only.
     */
    OPENSTACK("OpenStack") {
        @Override
        List<String> ask(MetadataHttp http) throws IOException, InterruptedException {
            var networks = http.get("/openstack/latest/network_data.json");
            if (networks.isEmpty()) {
                return List.of();
            }
            return Stream.concat(
                            http.get("/latest/meta-data/public-ipv4").stream(),
                            texts(json(networks).path("networks"), "ip_address"))
                    .toList();
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String title;

    Cloud(String title) {
        this.title = title;
    }

    /** Addresses as text, perhaps private ones among them; none in another cloud. */
    abstract List<String> ask(MetadataHttp http) throws IOException, InterruptedException;

    String title() {
        return title;
    }

    private static JsonNode json(Optional<String> text) throws IOException {
        try {
            return text.isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(text.get());
        } catch (JacksonException e) {
            throw new IOException("the answer is no JSON", e);
        }
    }

    private static Stream<String> texts(JsonNode list, String field) {
        return list.valueStream()
                .map(each -> each.path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isEmpty());
    }
}
