package dev.parley.loadtest.signalling;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who sends which producer, told by those who made them: by this a receiver knows whose media it must get. */
final class Directory {
    private static final int PATIENCE_SECONDS = 10;

    /**
     * The content of a producer.
     *
     * @param person the number of who sends it
     * @param stream which of that person's streams it is
     */
    record Content(int person, int stream) {}

    private final Map<String, CompletableFuture<Content>> byProducer = new ConcurrentHashMap<>();

    /** Somebody has made a producer. */
    void tell(String producerId, Content content) {
        entry(producerId).complete(content);
    }

    /** Whose a producer is; empty when nobody of this test made it. Others may hear of it before its maker does. */
    Optional<Content> ask(String producerId) {
        try {
            return Optional.of(entry(producerId).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private CompletableFuture<Content> entry(String producerId) {
        return byProducer.computeIfAbsent(producerId, unknown -> new CompletableFuture<>());
    }
}
