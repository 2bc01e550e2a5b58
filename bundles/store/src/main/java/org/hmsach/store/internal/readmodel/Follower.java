package org.hmsach.store.internal.readmodel;

import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the tape into the tables, one thread. Whatever goes away, core or database, it tries again with growing
 * pauses. Of several followers over one database the one with the newest fence writes; the others watch and take over
 * when the tape goes on while the bookmark stands still.
 */
final class Follower implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int BATCH = 4_000;
    private static final Duration POLL = Duration.ofMillis(250);
    /** How long a batch waits for more events while no reader waits for it: one write for many events of an order. */
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MIN_MS = 100;
    private static final long PAUSE_MAX_MS = 5_000;

    private final Supplier<EntityManagerFactory> unit;
    private final Supplier<Optional<Tape>> tapes;
    private final Progress progress;
    private final BooleanSupplier mine;
    private final long takeOverMs;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean rebuild;

    /** @param mine whether this version of the bundle is the one to write */
    Follower(
            Supplier<EntityManagerFactory> unit,
            Supplier<Optional<Tape>> tapes,
            Progress progress,
            BooleanSupplier mine,
            long takeOverMs) {
        this.unit = unit;
        this.mine = mine;
        this.tapes = tapes;
        this.progress = progress;
        this.takeOverMs = takeOverMs;
    }

    @Override
    public void run() {
        long pauseMs = PAUSE_MIN_MS;
        try {
            while (!stopped(0)) {
                try {
                    follow();
                    pauseMs = PAUSE_MIN_MS;
                } catch (RuntimeException e) {
                    progress.trouble(String.valueOf(e.getMessage()));
                    LOG.warn("read models stand still, next try in {} ms", pauseMs, e);
                }
                stopped(pauseMs);
                pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drops the rows and makes them anew, as soon as the thread comes to it. */
    void rebuild() {
        rebuild = true;
    }

    @Override
    public void close() {
        stop.countDown();
    }

    private void follow() throws InterruptedException {
        Rows rows = new Rows(unit.get());
        Optional<Tape> tape = tapes.get();
        if (tape.isEmpty()) {
            progress.applied(rows.bookmark().applied());
            progress.trouble("the core's tape is not there");
            return;
        }
        if (!mine.getAsBoolean()) {
            watch(rows, tape.get());
            return;
        }
        Bookmark start = rows.takeOver();
        if (rebuild || !continues(start, tape.get())) {
            LOG.info("read models are made anew from the tape's beginning");
            progress.anew(tape.get().lastNumber());
            start = rows.drop(start);
            rebuild = false;
        }
        progress.applied(start.applied());
        write(rows, tape.get(), start);
        watch(rows, tape.get());
    }

    /** Whether the rows are of this code's making and of this very tape. */
    private static boolean continues(Bookmark start, Tape tape) throws InterruptedException {
        if (start.modelVersion() != Rows.MODEL_VERSION || start.applied() > tape.lastNumber()) {
            return false;
        }
        if (start.check().number() == 0) {
            return true;
        }
        Batch one = new Batch();
        try (TapeReader reader = tape.open(start.check().number())) {
            if (reader.poll(one, 1, PATIENCE) == 0) {
                throw new IllegalStateException(
                        "the tape does not show event " + start.check().number());
            }
        }
        return one.latest().filter(start.check()::equals).isPresent();
    }

    /** Returns when stopped, when another tape is there, or when another version or follower is the writer. */
    private void write(Rows rows, Tape tape, Bookmark start) throws InterruptedException {
        Bookmark at = start;
        try (TapeReader reader = tape.open(start.applied() + 1)) {
            boolean ours = true;
            while (ours && mine.getAsBoolean() && !rebuild && !stopped(0) && isCurrent(tape)) {
                Batch batch = new Batch();
                int first = reader.poll(batch, BATCH, POLL);
                if (first > 0 && first < BATCH) {
                    progress.awaitDemand(GATHER);
                    reader.poll(batch, BATCH - first, Duration.ZERO);
                }
                Bookmark to = at.movedTo(reader.nextNumber() - 1, batch.latest().orElse(at.check()));
                ours = to.applied() == at.applied() || rows.apply(at, to, batch.events());
                if (ours) {
                    at = to;
                    progress.applied(at.applied());
                }
            }
        }
    }

    /** Returns also when it became the one to write. */
    private void watch(Rows rows, Tape tape) throws InterruptedException {
        boolean relieved = !mine.getAsBoolean();
        long lastMove = System.nanoTime();
        long applied = -1;
        while (!rebuild && isCurrent(tape) && !stopped(POLL.toMillis())) {
            long now = rows.bookmark().applied();
            progress.applied(now);
            if (now != applied || now >= tape.lastNumber()) {
                applied = now;
                lastMove = System.nanoTime();
            } else if (!relieved && System.nanoTime() - lastMove > takeOverMs * 1_000_000L) {
                return;
            }
            if (relieved == mine.getAsBoolean()) {
                return; // others serve now
            }
        }
    }

    private boolean isCurrent(Tape tape) {
        return tapes.get().filter(now -> now == tape).isPresent();
    }

    private boolean stopped(long waitMs) throws InterruptedException {
        return stop.await(waitMs, TimeUnit.MILLISECONDS);
    }
}
