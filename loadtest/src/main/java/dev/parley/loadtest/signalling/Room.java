package dev.parley.loadtest.signalling;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A room of the test: made by the first who comes, entered by all. */
public final class Room {
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<Key> key = new CompletableFuture<>();

    /** How to get in. */
    record Key(String roomId, String code) {}

    /** Waits for the room; whoever comes first makes it. */
    Key enter(SocketIo connection) {
        if (claimed.compareAndSet(false, true)) {
            try {
                var made = connection.request("createRoom", SocketIo.object());
                key.complete(new Key(
                        made.path("roomId").asString(""), made.path("code").asString("")));
            } catch (RuntimeException e) {
                key.completeExceptionally(e);
            }
        }
        try {
            return key.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : e;
        }
    }
}
