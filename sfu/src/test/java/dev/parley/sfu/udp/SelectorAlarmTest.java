package dev.parley.sfu.udp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SelectorAlarmTest {
    private static final long MILLISECOND = 1_000_000;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Selector selector = Selector.open();
    private final SelectorAlarm alarm = new SelectorAlarm(selector);

    SelectorAlarmTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        alarm.close();
        selector.close();
    }

    @Test
    void ringsWhenTheTimeIsOverAndNotBefore() {
        var start = System.nanoTime();
        alarm.ringWithin(20 * MILLISECOND);
        selectUntilWoken();
        assertTrue(System.nanoTime() - start >= 20 * MILLISECOND);
    }

    @Test
    void ringsEarlierWhenItIsToldSoAndAgainForWhatItForgot() {
        alarm.ringWithin(Long.MAX_VALUE);
        alarm.ringWithin(MILLISECOND);
        selectUntilWoken();
        alarm.ringWithin(MILLISECOND);
        selectUntilWoken();
    }

    private void selectUntilWoken() {
        assertTimeoutPreemptively(DEADLINE, () -> selector.select());
    }
}
