package dev.parley.loadtest.signalling;

import dev.parley.loadtest.media.MediaPool;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all people of a test share. From any thread.
 *
 * <p>{@code sample} is the share of streams that are decrypted and checked, 0–1.
 */
public final class World implements AutoCloseable {
    private static final int FIRST_SSRC = 0x1000_0000;

    private final URI server;
    private final MediaPool media;
    private final double sample;
    private final long seed;
    private final HttpClient http = HttpClient.newBuilder()
            .sslContext(Trust.everybody())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Directory directory = new Directory();
    private final AtomicInteger people = new AtomicInteger();
    private final AtomicInteger ssrcs = new AtomicInteger(FIRST_SSRC);

    /** People who meet on a server. */
    public World(URI server, MediaPool media, double sample, long seed) {
        this.server = server;
        this.media = media;
        this.sample = sample;
        this.seed = seed;
    }

    URI server() {
        return server;
    }

    HttpClient http() {
        return http;
    }

    MediaPool media() {
        return media;
    }

    Directory directory() {
        return directory;
    }

    int nextPerson() {
        return people.getAndIncrement();
    }

    /** An SSRC for media; the one after it is for what is sent again. */
    long nextSsrc() {
        return ssrcs.getAndAdd(2) & 0xffff_ffffL;
    }

    /** Whether a stream at one receiver belongs to the sample; the same in each run of a seed. */
    boolean isChecked(int receiver, Directory.Content content) {
        long mixed = seed * 31 + receiver * 1_000_003L + content.person() * 31L + content.stream();
        return new SplittableRandom(mixed).nextDouble() < sample;
    }

    long seedOf(int person, int stream) {
        return seed * 1_000_003 + person * 31L + stream;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
