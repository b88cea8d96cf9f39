package dev.parley.bench.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That everybody who is compared carries authentic packets; how many a busy machine loses, and the time, are not looked at. */
final class ForwardBenchTest {
    private static final Pattern ROUND = Pattern.compile("\"delivered\":([0-9]+),\"wrong\":([0-9]+)");

    @Test
    void carriesAuthenticPacketsThroughEverySubject() throws Exception {
        boolean compared = buildsReferences();
        var subjects = (compared ? "ordinary,limit," : "") + "native,java,native2";
        var results = ForwardBench.run(Options.parse(new String[] {
            "subjects=" + subjects,
            "reference=target",
            "kinds=video,audio",
            "fanout=3",
            "rounds=1",
            "seconds=0.2",
            "rate=3000",
            "warmup=0.2"
        }));
        var rounds = ROUND.matcher(results.json()).results().toList();
        assertEquals(2 * subjects.split(",").length, rounds.size(), results.json());
        for (var round : rounds) {
            assertTrue(Integer.parseInt(round.group(1)) > 0, results.json());
            assertEquals("0", round.group(2), results.json());
        }
    }

    /** Where there is a compiler, as ./test sees to. */
    private static boolean buildsReferences() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/cc")) || !Files.exists(Path.of("/usr/include/openssl/evp.h"))) {
            return false;
        }
        var make = new ProcessBuilder("make", "-s", "-C", "reference", "OUT=../target").inheritIO().start();
        assertEquals(0, make.waitFor(), "the programs in C do not compile");
        return true;
    }
}
