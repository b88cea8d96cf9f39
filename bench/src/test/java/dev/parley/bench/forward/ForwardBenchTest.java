package dev.parley.bench.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** That the benchmark carries what it says it does; how long that takes is not looked at. */
final class ForwardBenchTest {
    @Test
    void carriesEveryPacketToEverySubscriberOnBothPaths() throws Exception {
        var results = ForwardBench.run(Options.parse(new String[] {
            "subjects=native,java,native2",
            "kinds=video,audio",
            "fanout=3",
            "rounds=1",
            "seconds=0.2",
            "rate=3000",
            "warmup=0.2"
        }));
        var table = results.table();
        assertFalse(results.failed(), table);
        assertEquals(1 + 2 * 3, table.lines().count(), table);
        // 0.2 s of 1000 packets a second in, each to three subscribers.
        assertTrue(results.json().contains("\"sent\":200,\"delivered\":600,\"wrong\":0"), results.json());
    }
}
