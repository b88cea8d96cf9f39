package dev.parley.socketio;

import dev.parley.socketio.engine.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** The acknowledgements for which one socket waits. Thread-safe; futures complete on the socket's executor. */
final class Acks {
    /** One that is waited for. */
    record Pending(long id, CompletableFuture<List<JsonNode>> future) {}

    private final Timers timers;
    private final SerialExecutor executor;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<List<JsonNode>>> waiting = new ConcurrentHashMap<>();

    Acks(Timers timers, SerialExecutor executor) {
        this.timers = timers;
        this.executor = executor;
    }

    Pending expect(Duration timeout) {
        long id = ids.getAndIncrement();
        CompletableFuture<List<JsonNode>> future = new CompletableFuture<>();
        waiting.put(id, future);
        Future<?> timer = timers.schedule(timeout.toNanos(), () -> {
            if (waiting.remove(id) != null) {
                fail(future, new TimeoutException("No acknowledgement within " + timeout.toMillis() + " ms"));
            }
        });
        future.whenComplete((value, error) -> {
            waiting.remove(id);
            timer.cancel(false);
        });
        return new Pending(id, future);
    }

    /** The client acknowledged; too late, or a number that was never used, has no effect. */
    void complete(long id, List<JsonNode> arguments) {
        CompletableFuture<List<JsonNode>> future = waiting.remove(id);
        if (future != null) {
            executor.execute(() -> future.complete(arguments));
        }
    }

    /** The socket has ended. */
    void failAll(DisconnectReason reason) {
        for (Long id : waiting.keySet()) {
            CompletableFuture<List<JsonNode>> future = waiting.remove(id);
            if (future != null) {
                fail(future, new SocketClosedException(reason));
            }
        }
    }

    private void fail(CompletableFuture<List<JsonNode>> future, Exception cause) {
        executor.execute(() -> future.completeExceptionally(cause));
    }
}
