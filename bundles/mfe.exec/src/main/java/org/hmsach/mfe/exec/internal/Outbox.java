package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way from here to the door: one thread, so that commands arrive in the order in which venues spoke, and a
 * venue's or feed's thread never waits for the core.
 */
final class Outbox {
    /** Something to send. Made into a command only when its turn comes. */
    interface Letter {
        /** False when it has become pointless while it waited. */
        boolean wanted();

        /** The entry it answers to; 0 for none. */
        long told();

        Command command(Cause cause);

        /** Request id of its origin. */
        String requestId();

        void answered(Outcome outcome);

        /** No answer: the core is away, and may or may not have taken the command. */
        void lost(Throwable why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int MOST_IN_FLIGHT = 256;
    /** The core keeps every cause above the bookmark: let it forget from time to time. */
    private static final int REPORTS_PER_BOOKMARK = 1_000;

    private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private final Door door;
    private final BlockingQueue<Optional<Letter>> letters = new LinkedBlockingQueue<>();
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    private final Causes causes = new Causes();
    private final Thread thread = new Thread(this::run, "mfe.exec-outbox");
    private volatile long newestEntry;
    private long sent;

    Outbox(Door door) {
        this.door = door;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(Letter letter) {
        letters.add(Optional.of(letter));
    }

    /** Sends it again after a short while. */
    void addLater(Letter letter) {
        LATER.execute(() -> add(letter));
    }

    /** The tape was read up to this entry. */
    void seen(long entry) {
        newestEntry = Math.max(newestEntry, entry);
    }

    /** Sends what is waiting, within the bound, and ends. */
    void close(Duration bound) {
        letters.add(Optional.empty());
        try {
            thread.join(bound.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} reports were not sent: the core does not answer", letters.size());
            thread.interrupt();
        }
    }

    /** The highest entry that was answered to. Only after {@link #close} or on the outbox thread. */
    long lastCause() {
        return causes.last();
    }

    private void run() {
        try {
            Optional<Letter> letter = letters.take();
            while (letter.isPresent()) {
                if (letter.get().wanted()) {
                    inFlight.acquire();
                    send(letter.get());
                    moveBookmark();
                }
                letter = letters.take();
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped in the middle of its work");
        }
    }

    private void send(Letter letter) {
        submit(letter).whenComplete((outcome, why) -> {
            inFlight.release();
            if (why == null) {
                letter.answered(outcome);
            } else {
                letter.lost(why);
            }
        });
    }

    private void moveBookmark() throws InterruptedException {
        sent++;
        if (sent % REPORTS_PER_BOOKMARK == 0 && causes.last() > 1) {
            inFlight.acquire();
            send(new Bookmark(causes.last() - 1));
        }
    }

    /** A command that the door cannot even take must not end this thread: every venue depends on it. */
    private CompletionStage<Outcome> submit(Letter letter) {
        try {
            Command command = letter.command(causes.next(letter.told(), newestEntry));
            return door.submit(command, new Origin(Origin.NOBODY, Causes.MODULE, letter.requestId(), Optional.empty()));
        } catch (RuntimeException e) { // the core's edge, and words of a venue's own code
            return CompletableFuture.failedFuture(e);
        }
    }

    /** All causes before the last one are finished, since causes never go back. */
    private record Bookmark(long entry) implements Letter {
        @Override
        public boolean wanted() {
            return true;
        }

        @Override
        public long told() {
            return 0;
        }

        @Override
        public Command command(Cause cause) {
            return new Commands.Progress(cause.module(), entry);
        }

        @Override
        public String requestId() {
            return "exec-bookmark";
        }

        @Override
        public void answered(Outcome outcome) {
            outcome.refusal().ifPresent(r -> LOG.debug("bookmark not moved: {}", r.detail()));
        }

        @Override
        public void lost(Throwable why) {
            LOG.debug("bookmark not moved: {}", why.toString());
        }
    }
}
