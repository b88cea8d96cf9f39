package dev.parley.server.reach.metadata;

import dev.parley.server.config.AddressRange;
import dev.parley.server.reach.AddressKind;
import dev.parley.server.reach.PublicAddress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the metadata service of whichever cloud this is. Nobody knows which, so all are asked at once; where there is
 * none, nothing answers at that address and nothing is said.
 */
public final class CloudMetadata {
    private static final Logger LOG = LoggerFactory.getLogger(CloudMetadata.class);
    private static final URI EVERYWHERE = URI.create("http://169.254.169.254");

    private final URI base;

    /** The service at the address that all clouds use. */
    public CloudMetadata() {
        this(EVERYWHERE);
    }

    CloudMetadata(URI base) {
        this.base = base;
    }

    /** The public addresses; empty in no cloud. Waits for at most the time given. */
    public List<PublicAddress> ask(Duration timeout) {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        long end = System.nanoTime() + timeout.toNanos();
        try (var http = new MetadataHttp(base, timeout)) {
            var answers = new ArrayList<Future<List<PublicAddress>>>();
            for (var cloud : Cloud.values()) {
                answers.add(threads.submit(() -> ask(cloud, http)));
            }
            var found = new ArrayList<PublicAddress>();
            for (var answer : answers) {
                found.addAll(inTime(answer, end));
            }
            // AWS' and OpenStack's services may both know the same address.
            var once = new ArrayList<PublicAddress>();
            for (var each : found) {
                if (once.stream().noneMatch(other -> other.address().equals(each.address()))) {
                    once.add(each);
                }
            }
            return once;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<PublicAddress> ask(Cloud cloud, MetadataHttp http) throws IOException, InterruptedException {
        var found = new ArrayList<PublicAddress>();
        for (var text : cloud.ask(http)) {
            AddressRange.literal(text)
                    .filter(AddressKind::isPublic)
                    .ifPresent(address ->
                            found.add(new PublicAddress(address, "the metadata of " + cloud.title() + " name it")));
        }
        return found;
    }

    private static List<PublicAddress> inTime(Future<List<PublicAddress>> answer, long end) {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("No metadata", e);
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
