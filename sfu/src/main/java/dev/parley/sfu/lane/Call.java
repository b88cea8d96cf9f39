package dev.parley.sfu.lane;

import dev.parley.sfu.SfuException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command on its way to the lane of what it is about, and its answer. When that has moved to another lane meanwhile, the
 * call follows it.
 *
 * @param <T> the answer
 */
final class Call<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Takes a call to the lane where something lives now. */
    @FunctionalInterface
    interface Forwarding {
        void forward(Call<?> call, LaneCore to);
    }

    private final Homed about;
    private final Command<T> command;
    private final Forwarding forwarding;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Call(Homed about, Command<T> command, Forwarding forwarding) {
        this.about = about;
        this.command = command;
        this.forwarding = forwarding;
    }

    /** Runs on a lane's thread. */
    void run(LaneCore core, long now) {
        if (!core.has(about, now)) {
            forwarding.forward(this, about.home());
            return;
        }
        try {
            answer.complete(command.run(core, now));
        } catch (RuntimeException | Error e) {
            if (!(e instanceof SfuException)) {
                LOG.error("A call failed", e);
            }
            answer.completeExceptionally(e);
        }
    }

    /** It will not be run. */
    void refuse(SfuException why) {
        answer.completeExceptionally(why);
    }

    /** Waits for the answer. Throws what the command threw, or {@link SfuException} {@code closed} or {@code timeout}. */
    T await() {
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SfuException known
                    ? new SfuException(known.code(), String.valueOf(known.getMessage()), known)
                    : new SfuException("internal", "The SFU failed to do this; the log has the cause.", e);
        } catch (TimeoutException e) {
            throw new SfuException(
                    "timeout",
                    "The SFU did not answer within " + ANSWER.toSeconds() + " s: it is overloaded, try again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SfuException("timeout", "The calling thread was interrupted while it waited for the SFU.", e);
        }
    }
}
