package org.hmsach.mfe.exec.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hmsach.api.command.Door;
import org.hmsach.api.module.Duty;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeReader;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the tape and carries orders to venues. Keeps nothing that it would miss: it begins at the end of the tape and
 * opens each venue, which makes the core tell all open orders.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.hmsach.mfe.exec")
@Designate(ocd = Exec.Config.class)
public final class Exec {
    @ObjectClassDefinition(name = "Order execution")
    public @interface Config {
        @AttributeDefinition(description = "a venue that does not return for so long is left alone, in milliseconds")
        long stuckMs() default 10_000;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Exec.class);
    private static final Duration POLL_WAIT = Duration.ofMillis(20);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(3);
    private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_EVENTS = 1_000;
    private static final long PAUSE_MS = 200;

    private final Tape tape;
    private final Duty duty;
    private final Supplier<Map<String, Offer>> venues;
    private final Outbox outbox;
    private final Router router;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "mfe.exec-tape");

    @Activate
    public Exec(
            @Reference Door door, @Reference Tape tape, @Reference Venues venues, @Reference Duty duty, Config config) {
        this(door, tape, duty, venues::byName, Duration.ofMillis(config.stuckMs()));
        start();
    }

    Exec(Door door, Tape tape, Duty duty, Supplier<Map<String, Offer>> venues, Duration stuckAfter) {
        this.tape = tape;
        this.duty = duty;
        this.venues = venues;
        this.outbox = new Outbox(door);
        this.router = new Router(outbox, stuckAfter);
        thread.setDaemon(true);
    }

    void start() {
        outbox.start();
        thread.start();
    }

    @Deactivate
    public void close() {
        stopping.countDown();
        try {
            thread.join(CLOSE_BOUND.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("the tape's reader did not stop within {} s", CLOSE_BOUND.toSeconds());
            thread.interrupt();
        }
        outbox.close(CLOSE_BOUND);
    }

    private void run() {
        try {
            while (isRunning()) {
                followUntilBroken();
            }
            Optional<Outbox.Letter> farewell = router.farewell();
            router.closeAll();
            farewell.ifPresent(outbox::add);
        } catch (InterruptedException e) {
            LOG.debug("stopped in the middle of its work");
        }
    }

    /** Whatever breaks here, the open orders are in the core: begin again from them. */
    private void followUntilBroken() throws InterruptedException {
        try {
            follow();
        } catch (RuntimeException e) { // the edge of this module: nobody above could do better
            LOG.warn("following the tape broke off; all venues are opened anew", e);
            router.closeAll();
            if (stopping.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("and it stops");
            }
        }
    }

    private void follow() throws InterruptedException {
        try (TapeReader reader = tape.open(tape.lastNumber() + 1)) {
            while (isRunning()) {
                router.reconcile(venues.get(), duty.isMine());
                reader.poll(router, MOST_EVENTS, POLL_WAIT);
            }
            long untilNanos = System.nanoTime() + LAST_WORDS_NANOS;
            while (router.awaitsOpening() && System.nanoTime() - untilNanos < 0) {
                reader.poll(router, MOST_EVENTS, POLL_WAIT);
            }
        }
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }
}
