package org.hmsach.ops.internal.shadow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.hmsach.ops.internal.frame.Bounded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a shadow holds until it ends; each is let go once and within a bound: a module may hang in it. Thread-safe. */
final class Held implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Held.class);
    private static final Duration END = Duration.ofSeconds(2);

    private final List<Runnable> ends = new ArrayList<>();
    private boolean closed;

    /** Holds one more; what comes after the end is let go at once. */
    void add(Runnable end) {
        if (!isTaken(end)) {
            letGo(end);
        }
    }

    private synchronized boolean isTaken(Runnable end) {
        return !closed && ends.add(end);
    }

    /** Lets all go, the last first. */
    @Override
    public void close() {
        taken().forEach(Held::letGo);
    }

    private synchronized List<Runnable> taken() {
        closed = true;
        List<Runnable> all = new ArrayList<>(ends);
        Collections.reverse(all);
        ends.clear();
        return all;
    }

    private static void letGo(Runnable end) {
        try {
            Bounded.run("the end of a shadow", END, () -> {
                end.run();
                return true;
            });
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("A shadow does not end as it should; it is not asked any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
