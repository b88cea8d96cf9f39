package dev.parley.socketio.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SmallPartsTest {
    @Test
    void aTokenBucketAllowsTheBurstAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(10, 3, 0);
        assertTrue(bucket.take(0) && bucket.take(0) && bucket.take(0));
        assertFalse(bucket.take(0));
        assertFalse(bucket.take(99_000_000));
        assertTrue(bucket.take(100_000_000));
        assertFalse(bucket.take(100_000_000));
        assertTrue(bucket.take(10_000_000_000L) && bucket.take(10_000_000_000L) && bucket.take(10_000_000_000L));
        assertFalse(bucket.take(10_000_000_000L), "never more than the burst");
        assertFalse(bucket.take(0), "a clock that goes back gives nothing");
    }

    @Test
    void anAssemblerKeepsItsLimits() {
        MessageAssembler assembler = new MessageAssembler(5, 3);
        assertEquals(MessageAssembler.State.PARTIAL, assembler.add(ByteBuffer.wrap(new byte[] {1, 2}), false));
        assertEquals(MessageAssembler.State.WHOLE, assembler.add(ByteBuffer.wrap(new byte[] {3, 4, 5}), true));
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, assembler.take());
        assertEquals(MessageAssembler.State.PARTIAL, assembler.add(ByteBuffer.wrap(new byte[5]), false));
        assertEquals(MessageAssembler.State.TOO_BIG, assembler.add(ByteBuffer.wrap(new byte[1]), true));
        MessageAssembler fragments = new MessageAssembler(5, 2);
        fragments.add(ByteBuffer.allocate(0), false);
        fragments.add(ByteBuffer.allocate(0), false);
        assertEquals(MessageAssembler.State.TOO_MANY, fragments.add(ByteBuffer.allocate(0), true));
    }

    @Test
    void aMailboxRunsEachTaskOnceInOrderOneAtATime() throws InterruptedException {
        List<Throwable> errors = new ArrayList<>();
        Mailbox mailbox = new Mailbox(errors::add);
        int threads = 4;
        int each = 20_000;
        int[] last = new int[threads];
        int[] count = {0};
        CountDownLatch done = new CountDownLatch(threads * each);
        for (int t = 0; t < threads; t++) {
            int thread = t;
            Thread.startVirtualThread(() -> {
                for (int i = 1; i <= each; i++) {
                    int number = i;
                    mailbox.execute(() -> {
                        count[0]++;
                        if (last[thread] + 1 != number) {
                            throw new IllegalStateException("out of order");
                        }
                        last[thread] = number;
                        done.countDown();
                    });
                }
            });
        }
        assertTrue(done.await(30, TimeUnit.SECONDS));
        assertEquals(threads * each, count[0]);
        assertEquals(List.of(), errors);
    }

    @Test
    void aMailboxGoesOnAfterATaskThatFails() {
        List<Throwable> errors = new ArrayList<>();
        Mailbox mailbox = new Mailbox(errors::add);
        List<String> ran = new ArrayList<>();
        mailbox.execute(() -> {
            mailbox.execute(() -> ran.add("inner"));
            ran.add("outer");
            throw new IllegalStateException();
        });
        assertEquals(List.of("outer", "inner"), ran);
        assertEquals(1, errors.size());
    }

    @Test
    void thePolicyKnowsItsOwnOrigin() {
        OriginPolicy policy = new OriginPolicy(h -> !h.startsWith("evil"), o -> o.equals("https://friend.example"));
        assertTrue(policy.allows(request(true, "a.example", null)));
        assertTrue(policy.allows(request(true, "a.example", "https://a.example")));
        assertTrue(policy.allows(request(true, "a.example:443", "https://a.example")));
        assertTrue(policy.allows(request(true, "A.example:8443", "https://a.Example:8443")));
        assertTrue(policy.allows(request(false, "a.example:80", "http://a.example")));
        assertTrue(policy.allows(request(true, "a.example", "https://friend.example")));
        assertFalse(policy.allows(request(true, "a.example", "http://a.example")));
        assertFalse(policy.allows(request(true, "a.example", "https://a.example:8443")));
        assertFalse(policy.allows(request(true, "a.example", "https://b.example")));
        assertFalse(policy.allows(request(true, "a.example", "null")));
        assertFalse(policy.allows(request(true, "a.example", "")));
        assertFalse(policy.allows(request(true, "evil.example", null)));
        assertFalse(policy.allows(request(true, null, null)));
    }

    private static EngineRequest request(boolean secure, String host, String origin) {
        Map<String, List<String>> headers = new HashMap<>();
        if (host != null) {
            headers.put("host", List.of(host));
        }
        if (origin != null) {
            headers.put("origin", List.of(origin));
        }
        return new EngineRequest("GET", false, new InetSocketAddress(0), secure, headers, Map.of());
    }
}
