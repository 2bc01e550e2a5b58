package org.hmsach.ops.internal.swap;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.hmsach.ops.internal.desired.StagedJar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replacement, from the jar beside the old version to the end of its probation. Runs on one thread; each step that
 * runs a module's code is bounded.
 */
final class Swap {
    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
    /**
     * Long, for the old version serves meanwhile, and a thread that is interrupted in the middle of somebody's code may
     * leave harm behind: on a busy machine a sound version took more than 5 s.
     */
    private static final Duration START = Duration.ofSeconds(20);

    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration READY = Duration.ofSeconds(8);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final SwapTools tools;
    private final Operation operation;
    private final StagedJar jar;
    private final Optional<Bundle> old;
    private final int startLevel;
    private final Set<String> tolerated;
    private Bundle fresh;
    private Optional<Probation> probation = Optional.empty();

    Swap(SwapTools tools, Operation operation, StagedJar jar, Optional<Bundle> old, int startLevel) {
        this.tools = tools;
        this.operation = operation;
        this.jar = jar;
        this.old = old;
        this.startLevel = startLevel;
        this.tolerated = old.map(tools.readiness()::waiting).orElse(Set.of());
    }

    /** Overlap, switch and drain. @return false when it was refused and nothing moved */
    boolean begin() throws InterruptedException {
        try {
            overlap();
        } catch (Refused e) {
            operation.enter(Phase.REFUSED, e.getMessage() + served());
            takeOut(fresh);
            return false;
        }
        probation = move();
        return true;
    }

    /** Probation and what follows from it. @return whether the new version is to be the desired one */
    boolean prove() throws InterruptedException {
        Optional<String> back = watch();
        probation.ifPresent(Probation::close);
        if (back.isPresent()) {
            goBack(back.get());
            return false;
        }
        operation.enter(Phase.REMOVE, old.map(one -> one + " is taken out").orElse("nothing to take out"));
        old.ifPresent(this::takeOut);
        return true;
    }

    private String served() {
        return old.isPresent() ? "; the old version serves as before" : "; nothing of that name runs";
    }

    private void overlap() throws Refused, InterruptedException {
        operation.enter(Phase.OVERLAP, jar.name() + " " + jar.version() + " is started beside");
        long began = System.nanoTime();
        try {
            fresh = tools.rack().installBeside(jar, startLevel);
            tools.rack().start(fresh, START);
        } catch (BundleException | TimeoutException e) {
            throw new Refused(jar.name() + " " + jar.version() + " does not start: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Refused("the jar cannot be read: " + e.getMessage(), e);
        }
        awaitReady(fresh);
        keepsRules();
        List<String> troubles = tools.trials().troubles(fresh);
        if (!troubles.isEmpty()) {
            throw new Refused(jar.name() + " " + jar.version() + ": " + String.join("; ", troubles));
        }
        operation.measure("overlapMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private void awaitReady(Bundle bundle) throws Refused, InterruptedException {
        long end = System.nanoTime() + READY.toNanos();
        List<String> troubles = tools.readiness().troubles(bundle, tolerated);
        while (!troubles.isEmpty()) {
            boolean lost = !tools.readiness().failures(bundle).isEmpty();
            if (lost || System.nanoTime() > end) {
                throw new Refused(jar.name() + " " + jar.version() + " is not ready: " + String.join("; ", troubles));
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos() / 4);
            troubles = tools.readiness().troubles(bundle, tolerated);
        }
    }

    private void keepsRules() throws Refused {
        if (old.isEmpty()) {
            return;
        }
        TreeSet<String> lost = new TreeSet<>(tools.trials().rules(old.get()));
        lost.retainAll(tools.core().requiredRules());
        lost.removeAll(tools.trials().rules(fresh));
        if (!lost.isEmpty()) {
            throw new Refused(jar.name() + " " + jar.version() + " has no check for the required rules " + lost);
        }
    }

    /** Callers move; calls in flight end where they began; then the old one stops. */
    private Optional<Probation> move() throws InterruptedException {
        Optional<Probation> probation = tools.core()
                .tape()
                .map(tape -> new Probation(tape, tools.trials().rules(fresh)));
        operation.enter(Phase.SWITCH, "callers move to " + fresh);
        long began = System.nanoTime();
        tools.moduleSwitch().serve(fresh.getBundleId());
        operation.measure("switchMicros", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
        operation.enter(Phase.DRAIN, old.map(one -> one + " ends its calls").orElse("nothing to drain"));
        if (old.isPresent()) {
            operation.measure("drainMicros", drain(old.get()));
            stop(old.get());
        }
        return probation;
    }

    private long drain(Bundle bundle) {
        long began = System.nanoTime();
        long end = began + DRAIN.toNanos();
        while (tools.moduleSwitch().inFlight(bundle.getBundleId()) > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TURN_NANOS);
        }
        long left = tools.moduleSwitch().inFlight(bundle.getBundleId());
        if (left > 0) {
            operation.measure("callsLeftBehind", left);
            LOG.warn("{} calls of {} did not end within {}", left, bundle, DRAIN);
        }
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }

    private void stop(Bundle bundle) throws InterruptedException {
        try {
            tools.rack().stop(bundle, STEP);
        } catch (BundleException | TimeoutException e) {
            LOG.warn("{} did not stop as it should; it is not called any more", bundle, e);
        }
    }

    /** @return why the old version must come back; empty when the new one has proved itself */
    private Optional<String> watch() throws InterruptedException {
        operation.enter(Phase.WATCH, "on probation for " + operation.request().watchMs() + " ms");
        long end = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(operation.request().watchMs());
        int looks = 0;
        do {
            List<String> troubles = new ArrayList<>();
            if (probation.isPresent()) {
                troubles.addAll(probation.get().look(LOOK));
            }
            String recall = operation.awaitRecall(probation.isPresent() ? Duration.ZERO : LOOK);
            if (!recall.isEmpty()) {
                troubles.add(recall);
            }
            if (looks++ % 5 == 0) {
                troubles.addAll(tools.readiness().troubles(fresh, tolerated));
            }
            if (!troubles.isEmpty()) {
                return Optional.of(String.join("; ", troubles));
            }
        } while (System.nanoTime() < end);
        return Optional.empty();
    }

    private void goBack(String why) throws InterruptedException {
        if (old.isEmpty()) {
            operation.enter(Phase.ROLLED_BACK, why + "; it is taken out again");
            takeOut(fresh);
            return;
        }
        long began = System.nanoTime();
        try {
            tools.rack().start(old.get(), START);
            awaitReady(old.get());
        } catch (BundleException | TimeoutException | Refused e) {
            operation.enter(Phase.FAILED, why + "; and the old version does not come back: " + e.getMessage());
            return;
        }
        tools.moduleSwitch().serve(old.get().getBundleId());
        operation.measure("backMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        operation.enter(Phase.ROLLED_BACK, why + "; " + old.get() + " serves again");
        drain(fresh);
        takeOut(fresh);
    }

    private void takeOut(Bundle bundle) {
        if (bundle == null) {
            return;
        }
        try {
            tools.rack().others(bundle).forEach(other -> operation.refreshed(other.getSymbolicName()));
            operation.refreshed(bundle.toString());
            tools.rack().remove(bundle, STEP);
        } catch (BundleException | TimeoutException e) {
            LOG.warn("{} stays behind until the next start; it is not called", bundle, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
