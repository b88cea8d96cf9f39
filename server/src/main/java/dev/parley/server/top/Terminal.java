package dev.parley.server.top;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The terminal as a screen that is drawn anew: on its other page, so that what was there before comes back. Keys come
 * without Enter. {@code stty} does what the JDK has no means for; without it the screen is taken for 24 × 80.
 */
final class Terminal implements AutoCloseable {
    private static final File TTY = new File("/dev/tty");
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final String before;
    private final BlockingQueue<Integer> keys = new LinkedBlockingQueue<>();
    private boolean closed;

    /** A size in characters. */
    record Size(int height, int width) {
        static final Size USUAL = new Size(24, 80);

        /** Reads {@code 24 80}. */
        static Size parse(String text) {
            var parts = text.strip().split(" ");
            if (parts.length != 2 || !parts[0].matches("[0-9]{1,4}") || !parts[1].matches("[0-9]{1,4}")) {
                return USUAL;
            }
            int height = Integer.parseInt(parts[0]);
            int width = Integer.parseInt(parts[1]);
            return height == 0 || width == 0 ? USUAL : new Size(height, width);
        }
    }

    /** Takes the terminal until {@link #close()}, which also happens when the program is ended. */
    Terminal(PrintStream out) {
        this.out = out;
        before = stty("-g").strip();
        stty("-icanon", "-echo");
        out.print(ENTER);
        out.flush();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
        Thread.ofPlatform().daemon().name("keys").start(this::readKeys);
    }

    /** Whether there is somebody to look at it. */
    static boolean isThere() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** The size now; it may change at any time. */
    Size size() {
        return Size.parse(stty("size"));
    }

    void draw(List<String> lines) {
        out.print(HOME + String.join(CLEAR_LINE + "\r\n", lines) + CLEAR_LINE + CLEAR_BELOW);
        out.flush();
    }

    /** Waits; whether somebody pressed q in this time. */
    boolean waitForQuit(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            var key = keys.poll(left, TimeUnit.MILLISECONDS);
            if (key != null && (key == 'q' || key == 'Q' || key < 0)) {
                return true;
            }
        }
        return false;
    }

    private void readKeys() {
        try {
            int key;
            do {
                key = System.in.read();
                keys.add(key);
            } while (key >= 0);
        } catch (IOException e) {
            keys.add(-1);
        }
    }

    private static String stty(String... arguments) {
        var command = new java.util.ArrayList<String>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(TTY)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var output = process.getInputStream()) {
                return new String(output.readAllBytes(), StandardCharsets.US_ASCII);
            }
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        out.print(LEAVE);
        out.flush();
        if (before.isEmpty()) {
            stty("sane");
        } else {
            stty(before);
        }
    }
}
