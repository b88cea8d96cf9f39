package dev.parley.sfu.testing;

import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A {@link PeerEngine} on a real socket (UDP, unless it is told otherwise), with a thread of its own that alone touches
 * the engine.
 */
public final class UdpPeer implements AutoCloseable {
    private static final long LONGEST_WAIT_MS = 100;

    private final PeerSocket socket;
    private final Selector selector;
    private final PeerEngine engine;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final long epoch = System.nanoTime();
    private final SplittableRandom luck = new SplittableRandom(1);
    private double loss;
    private volatile boolean closed;
    private volatile Throwable failure;

    /** A peer on any free port of an address of this machine. */
    public UdpPeer(InetAddress address, DtlsCertificate certificate, SecureRandom random) throws IOException {
        this(new UdpSocket(address), certificate, random);
    }

    /** A peer on any socket, which it closes at last. */
    UdpPeer(PeerSocket socket, DtlsCertificate certificate, SecureRandom random) throws IOException {
        this.socket = socket;
        selector = Selector.open();
        socket.register(selector);
        engine = new PeerEngine(local(), certificate, random, (from, to, datagram) -> sendNow(to, datagram));
        thread = Thread.ofPlatform().daemon(true).name("peer-" + local().port()).start(this::run);
    }

    /** Its address. */
    public TransportAddress local() {
        return socket.local();
    }

    /** Does something with the engine on its thread, and waits for the result. */
    public <T> T on(BiFunction<PeerEngine, Long, T> action) {
        var result = new CompletableFuture<T>();
        tasks.add(() -> {
            try {
                result.complete(action.apply(engine, now()));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        selector.wakeup();
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Does something with the engine on its thread, and waits until it is done. */
    public void run(BiConsumer<PeerEngine, Long> action) {
        on((peer, now) -> {
            action.accept(peer, now);
            return true;
        });
    }

    /** Waits until something holds. @throws AssertionError if it does not in time */
    public void await(String what, Duration atMost, Predicate<PeerEngine> condition) {
        var held = new CompletableFuture<Boolean>();
        var check = new Runnable() {
            @Override
            public void run() {
                try {
                    if (condition.test(engine)) {
                        held.complete(true);
                    } else {
                        tasks.add(this);
                    }
                } catch (RuntimeException | Error e) {
                    held.completeExceptionally(e);
                }
            }
        };
        tasks.add(check);
        selector.wakeup();
        try {
            held.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Not within " + atMost + ": " + what, failure);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(what, e);
        }
    }

    /** From now on, this share of all datagrams is lost in either direction, 0–1. */
    public void lose(double share) {
        run((peer, now) -> loss = share);
    }

    /** Sends any bytes to any address from this peer's socket. */
    public void sendRaw(TransportAddress to, byte[] datagram) {
        run((peer, now) -> sendNow(to, datagram));
    }

    private void sendNow(TransportAddress to, byte[] datagram) {
        if (luck.nextDouble() < loss) {
            return;
        }
        try {
            socket.send(to, datagram);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long now() {
        return System.nanoTime() - epoch + 1_000_000_000L;
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            if (!closed) {
                failure = e;
            }
        }
    }

    private void turn() throws IOException {
        long next = engine.nextTimeout();
        long wait = next == Long.MAX_VALUE
                ? LONGEST_WAIT_MS
                : Math.clamp((next - now()) / 1_000_000, 1, LONGEST_WAIT_MS);
        // Conditions that somebody awaits are looked at each few milliseconds.
        selector.select(tasks.isEmpty() ? wait : Math.min(wait, 5));
        selector.selectedKeys().clear();
        for (int waiting = tasks.size(); waiting > 0; waiting--) {
            tasks.remove().run();
        }
        socket.receive((from, datagram) -> {
            if (luck.nextDouble() >= loss) {
                engine.receive(now(), from, local(), datagram);
            }
        });
        if (engine.nextTimeout() <= now()) {
            engine.timeout(now());
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(2_000);
            socket.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
