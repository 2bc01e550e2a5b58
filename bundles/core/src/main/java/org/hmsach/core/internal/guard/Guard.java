package org.hmsach.core.internal.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugInStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deadline, bulkhead and breaker of one plug-in. Keeps nothing of the plug-in's own: no object, class or exception.
 *
 * <p>Callers with threads of their own use {@link #enter}, a {@link #running} call, one of the judgements, and
 * {@link #leave}.
 */
public final class Guard implements PlugIn {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final int MAX_TEXT = 300;
    private static final String OURS = "org.hmsach.";
    /** What the breaker is told; what happened is kept as text. With a stack it would keep its callers in memory. */
    private static final Exception FAILURE = new Exception("a plug-in failed", null, false, false) {
        private static final long serialVersionUID = 1L;
    };

    private final GuardKey key;
    private final String bundle;
    private final GuardSettings settings;
    private final CircuitBreaker breaker;
    private final Semaphore places;
    private final GuardThreads threads;
    /** Calls on callers' threads, and on any thread those past their deadline. */
    private final Set<Running> near = ConcurrentHashMap.newKeySet();

    private final Set<Running> overdue = ConcurrentHashMap.newKeySet();
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final AtomicLong second = new AtomicLong();
    private final AtomicInteger toldInSecond = new AtomicInteger();
    private volatile String lastFailure = "";
    private volatile long lastFailureMs;

    Guard(GuardKey key, String bundle, GuardSettings settings, CircuitBreaker breaker) {
        this.key = key;
        this.bundle = bundle;
        this.settings = settings;
        this.breaker = breaker;
        this.places = new Semaphore(settings.places());
        this.threads = new GuardThreads(key.spi() + '-' + key.name());
    }

    /** Takes a place. @return why not; empty when taken, and then {@link #leave} it */
    public Optional<PlugInException> enter() {
        if (!places.tryAcquire()) {
            return Optional.of(new PlugInException(
                    PlugInException.Kind.BUSY, settings.places() + " calls of " + key + " have not come back"));
        }
        if (!breaker.tryAcquirePermission()) {
            places.release();
            return Optional.of(new PlugInException(
                    PlugInException.Kind.BREAKER_OPEN,
                    key + " is not called for now, it failed too often: " + lastFailure));
        }
        return Optional.empty();
    }

    /** Gives the place back: the call has ended, however. */
    public void leave() {
        places.release();
    }

    /** A call about to run. */
    public Running running(String what) {
        return new Running(this, what);
    }

    /** It answered as it should. */
    public void wasWell(Running call) {
        if (call.judge()) {
            calls.increment();
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    /** It threw, or its answer was none. */
    public void wasWrong(Running call, String why) {
        if (call.judge()) {
            calls.increment();
            failed(call.what() + ": " + why);
        }
    }

    /** The deadline passed; the call is interrupted. */
    public void wasLate(Running call, long deadlineMs) {
        if (call.judge()) {
            calls.increment();
            late.increment();
            failed(call.what() + ": no answer within " + deadlineMs + " ms");
        }
        call.overdue();
    }

    /** It was not asked after all. */
    public void wasNotAsked(Running call) {
        if (call.judge()) {
            breaker.releasePermission();
        }
    }

    @Override
    public <T> T ask(String what, Duration deadline, Callable<T> call) throws PlugInException, InterruptedException {
        Optional<PlugInException> closed = enter();
        if (closed.isPresent()) {
            throw closed.get();
        }
        return threads.ask(this, running(what), deadline, call);
    }

    @Override
    public <T> T quick(String what, Duration deadline, Callable<T> call) throws PlugInException, InterruptedException {
        return isOurs() ? near(what, deadline, call) : ask(what, deadline, call);
    }

    /** Whether the plug-in is shipped with the platform. */
    public boolean isOurs() {
        return bundle.startsWith(OURS);
    }

    @Override
    public <T> T near(String what, Duration deadline, Callable<T> call) throws PlugInException {
        Optional<PlugInException> closed = enter();
        if (closed.isPresent()) {
            throw closed.get();
        }
        Running running = new Running(this, what, deadline);
        near.add(running);
        running.begin();
        try {
            T answer = call.call();
            wasWell(running);
            return answer;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) { // the seam's edge
            throw threw(running, e);
        } finally {
            near.remove(running);
            if (running.end()) {
                LOG.debug("{} was interrupted in {}", key, what);
            }
            leave();
        }
    }

    @Override
    public void end(String what, Duration deadline, Runnable call) throws PlugInException, InterruptedException {
        Running running = running(what);
        running.judge(); // ending well says nothing about how questions are answered
        try {
            threads.end(this, running, deadline, call);
        } catch (PlugInException e) {
            failed(e.getMessage());
            throw e;
        }
    }

    PlugInException threw(Running call, Throwable e) {
        wasWrong(call, e.toString());
        return new PlugInException(key + " failed to " + call.what() + ": " + shortened(e.toString()), e);
    }

    @Override
    public void failed(String why) {
        failures.increment();
        lastFailure = shortened(why);
        lastFailureMs = System.currentTimeMillis();
        CircuitBreaker.State before = breaker.getState();
        breaker.onError(0, TimeUnit.NANOSECONDS, FAILURE);
        if (before != CircuitBreaker.State.OPEN && breaker.getState() == CircuitBreaker.State.OPEN) {
            LOG.error(
                    "{} of {} failed too often and is not called for {} ms; last: {}",
                    key,
                    bundle,
                    settings.open().toMillis(),
                    lastFailure);
        }
    }

    @Override
    public boolean admits(int mostPerSecond) {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (second.getAndSet(now) != now) {
            toldInSecond.set(0);
        }
        int told = toldInSecond.incrementAndGet();
        if (told == mostPerSecond + 1) {
            failed("it tells more than " + mostPerSecond + " a second");
        }
        return told <= mostPerSecond;
    }

    void follow(Running call) {
        overdue.add(call);
    }

    void returned(Running call, boolean wasStuck) {
        overdue.remove(call);
        if (wasStuck) {
            LOG.warn("{} of {} came back from {} after all", key, bundle, call.what());
            settle();
        }
    }

    /** While a call is stuck there is no other. */
    private synchronized void settle() {
        boolean stuck = overdue.stream().anyMatch(Running::isStuck);
        boolean forced = breaker.getState() == CircuitBreaker.State.FORCED_OPEN;
        if (stuck && !forced) {
            breaker.transitionToForcedOpenState();
        } else if (!stuck && forced) {
            breaker.transitionToOpenState();
        }
    }

    /** A look from outside, some times a second. */
    void look() {
        near.forEach(call -> call.deadline()
                .filter(deadline -> call.isOlderThan(deadline.toNanos()))
                .ifPresent(deadline -> wasLate(call, deadline.toMillis())));
        for (Running call : overdue) {
            if (call.becameStuck(settings.stuck().toNanos())) {
                settle();
                LOG.error("{} of {} is not called any more: {}", key, bundle, call.describe());
            }
        }
    }

    /** No further question; what runs goes on, and may be ended. */
    void close() {
        threads.close();
    }

    boolean isInUse() {
        return places.availablePermits() < settings.places();
    }

    GuardKey key() {
        return key;
    }

    /** For people and health checks. */
    public PlugInStatus status() {
        List<String> stuck =
                overdue.stream().filter(Running::isStuck).map(Running::describe).toList();
        return new PlugInStatus(
                key.spi(),
                key.name(),
                bundle,
                key.bundleId(),
                switch (breaker.getState()) {
                    case OPEN, FORCED_OPEN -> PlugInStatus.Breaker.OPEN;
                    case HALF_OPEN -> PlugInStatus.Breaker.HALF_OPEN;
                    default -> PlugInStatus.Breaker.CLOSED;
                },
                calls.sum(),
                failures.sum(),
                late.sum(),
                settings.places() - places.availablePermits(),
                lastFailure,
                lastFailureMs,
                stuck);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }
}
