package org.hmsach.cli.walk;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Prints each step with its time, and stops the walk at the first assertion that does not hold. */
final class Report {
    /** A step; returns what was seen, for the line. */
    interface Step {
        String run() throws IOException, InterruptedException;
    }

    /** A condition that is asked until it holds. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** An assertion of the walk did not hold. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    private static final long POLL_MS = 20;
    private static final int PATIENCE_SECONDS = 60;

    private final PrintWriter out;
    private int steps;

    Report(PrintWriter out) {
        this.out = out;
    }

    int steps() {
        return steps;
    }

    void step(String name, Step step) throws IOException, InterruptedException {
        steps++;
        long start = System.nanoTime();
        try {
            String seen = step.run();
            line("ok", start, name, seen);
        } catch (Failed | IOException e) {
            line("FAILED", start, name, e.getMessage());
            throw e;
        }
    }

    static void check(boolean holds, String whatWasSeen) {
        if (!holds) {
            throw new Failed(whatWasSeen);
        }
    }

    static void same(String what, Object expected, Object seen) {
        check(expected.equals(seen), what + " should be " + expected + " but is " + seen);
    }

    /** Waits as long as it may take on a busy machine: only what never happens fails. */
    static void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            check(System.nanoTime() < end, what + " did not happen within " + PATIENCE_SECONDS + " s");
            Thread.sleep(POLL_MS);
        }
    }

    private void line(String mark, long startNanos, String name, String seen) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        out.println(
                String.format(Locale.ROOT, "%-6s %6d ms  %s%s", mark, millis, name, seen.isEmpty() ? "" : ": " + seen));
        out.flush();
    }
}
