package dev.parley.server.reach;

import dev.parley.server.config.AddressRange;
import dev.parley.server.config.ServerConfig;
import dev.parley.server.reach.metadata.CloudMetadata;
import dev.parley.server.stun.StunQuery;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which addresses to announce to clients when the operator named none. */
public final class AnnouncedAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(AnnouncedAddresses.class);
    /** For everything: a start is not to wait longer for somebody who does not answer. */
    private static final Duration TIMEOUT = Duration.ofMillis(950);

    private final ServerConfig config;
    private final List<String> machine;
    private final CloudMetadata metadata;

    /**
     * Looks for a server.
     *
     * @param machine the machine's own addresses at which it listens, preferred first
     * @param metadata whom to ask in a cloud
     */
    public AnnouncedAddresses(ServerConfig config, List<String> machine, CloudMetadata metadata) {
        this.config = config;
        this.machine = List.copyOf(machine);
        this.metadata = metadata;
    }

    /**
     * The addresses to announce: those of the configuration; or the public ones that were found and then the machine's
     * own, which people in the same network use and, when there is nothing else, browsers on the machine itself. Takes
     * a second at most, and says in the log what was found and what is missing.
     */
    public List<String> announce() {
        if (!config.announcedAddresses().isEmpty()) {
            return config.announcedAddresses();
        }
        var addresses = withPublicFirst(isWorthAsking() ? found() : List.of());
        if (isOpen() && addresses.stream().noneMatch(AddressKind::isPublic)) {
            warn(addresses);
        }
        return addresses;
    }

    /** Found addresses and the machine's own, public ones first, each once. */
    private List<String> withPublicFirst(List<PublicAddress> found) {
        for (var each : found) {
            LOG.info("{} is announced to clients: {}", text(each.address()), each.source());
        }
        return found.isEmpty()
                ? machine
                : Stream.concat(found.stream().map(each -> text(each.address())), machine.stream())
                        .distinct()
                        .toList();
    }

    /** Beyond this machine. */
    private boolean isOpen() {
        return machine.stream().anyMatch(address -> AddressRange.literal(address).filter(a -> !a.isLoopbackAddress()).isPresent());
    }

    /** A machine with a public IPv4 address of its own has no other. */
    private boolean isWorthAsking() {
        return isOpen()
                && machine.stream().noneMatch(address -> AddressKind.isPublic(address) && !address.contains(":"));
    }

    private List<PublicAddress> found() {
        var questions = new ArrayList<Callable<List<PublicAddress>>>();
        if (config.reach().cloudMetadata()) {
            questions.add(() -> metadata.ask(TIMEOUT.minusMillis(50)));
        }
        config.reach().stunServer().ifPresent(server -> questions.add(() -> askStun(server.host(), server.port())));
        long end = System.nanoTime() + TIMEOUT.toNanos();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var answers = questions.stream().map(threads::submit).toList();
            return answers.stream()
                    .flatMap(answer -> inTime(answer, end).stream())
                    .filter(each -> isListenedTo(each.address()))
                    .distinct()
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<PublicAddress> inTime(Future<List<PublicAddress>> answer, long end) {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("A public address was asked for in vain", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    /** IPv6 is of no use to a server that listens to IPv4 alone. */
    private boolean isListenedTo(InetAddress address) {
        return machine.stream().anyMatch(own -> own.contains(":") != address instanceof Inet4Address);
    }

    private List<PublicAddress> askStun(String host, int port) throws IOException {
        var found = new ArrayList<PublicAddress>();
        for (var server : InetAddress.getAllByName(host)) {
            try {
                var mapped = StunQuery.ask(new InetSocketAddress(server, port), TIMEOUT.dividedBy(2)).getAddress();
                if (AddressKind.isPublic(mapped) || server.isLoopbackAddress()) {
                    found.add(new PublicAddress(mapped, "the STUN server " + host + " sees this machine there"));
                } else {
                    LOG.warn("The STUN server {} sees this machine at {}, which is a private address: use one that is outside"
                            + " of your network", host, mapped.getHostAddress());
                }
            } catch (IOException e) {
                LOG.warn("The STUN server {} ({}), which --stun-server names, does not help: {}", host,
                        server.getHostAddress(), e.getMessage());
            }
        }
        return found;
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }

    private static void warn(List<String> addresses) {
        LOG.warn("""
                Only private addresses are announced to clients: {}.
                People outside of this network will see the page, but neither see nor hear anybody.
                Do one of these:
                  --announced-address=IP         the public address, which leads to the media port (UDP and TCP)
                  --stun-server=HOST:PORT        a STUN server outside, which is asked for that address at each start
                In a network of your own without others this is as it should be; --announced-address={} says so.""",
                String.join(", ", addresses), addresses.getFirst());
    }
}
