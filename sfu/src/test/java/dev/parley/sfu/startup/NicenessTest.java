package dev.parley.sfu.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class NicenessTest {
    @Test
    void lastIsTheCallingThreadAlone() throws Exception {
        int before = nice();
        Callable<Integer> last = () -> {
            Niceness.last();
            return nice();
        };
        var task = new FutureTask<>(last);
        Thread.ofPlatform().start(task);
        assertEquals(19, task.get());
        assertEquals(before, nice());
    }

    /** The 19th field of proc_pid_stat(5); the name, in brackets, may contain spaces. */
    private static int nice() throws Exception {
        var stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }
}
