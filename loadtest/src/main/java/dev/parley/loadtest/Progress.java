package dev.parley.loadtest;

import java.io.PrintStream;
import java.time.Duration;

/** Shows how far the test is: a bar that moves on a terminal, and a line each ten seconds elsewhere. */
final class Progress {
    private static final int WIDTH = 40;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private long nextLine;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On the program's error output, so that its output is the result alone. */
    static Progress onConsole() {
        var console = System.console();
        return new Progress(System.err, console != null && console.isTerminal());
    }

    /** A new phase begins. */
    void phase(String what) {
        nextLine = 0;
        if (!terminal) {
            out.println(what);
        }
    }

    /** So much of the phase is done. @param share 0–1 */
    void show(String what, double share, Duration left) {
        int full = (int) Math.clamp(Math.round(share * WIDTH), 0, WIDTH);
        if (terminal) {
            out.printf("\r%-14s [%s%s] %3.0f %%  %d s left   ", what, "#".repeat(full), ".".repeat(WIDTH - full),
                    100 * share, left.toSeconds());
        } else if (System.nanoTime() - nextLine >= 0 || nextLine == 0) {
            nextLine = System.nanoTime() + LINE_NANOS;
            out.printf("  %s %.0f %%, %d s left%n", what, 100 * share, left.toSeconds());
        }
    }

    /** The phase is over. */
    void done() {
        if (terminal) {
            out.printf("\r%79s\r", "");
        }
    }
}
