package org.hmsach.ops.internal.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.SwapThreads;
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
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(25);
    /** Health checks are asked at every so manieth look. */
    private static final int HEALTH = 20;

    private static final String LOST = "; what was written since the switch is not in its state: ";
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final SwapTools tools;
    private final Operation operation;
    private final StagedJar jar;
    private final Optional<Bundle> old;
    private final int startLevel;
    private final Optional<Bundle> staged;
    private final Consumer<Bundle> moving;
    private final Optional<Succession> succession;
    private final Overlap overlap;
    private final StateSteps state;
    private Bundle fresh;
    private PlugInWatch guards;
    private String unfinished = "";
    private Probation probation;

    Swap(SwapTools tools, Task task, Optional<Bundle> old, int startLevel) {
        this.tools = tools;
        this.operation = task.operation();
        this.jar = task.jar();
        this.staged = task.staged();
        this.moving = task.moving();
        this.succession = task.succession();
        this.old = old;
        this.startLevel = startLevel;
        this.overlap = new Overlap(tools, jar, old, succession.isPresent());
        this.state = StateSteps.there(tools, operation, old);
    }

    /**
     * What is to be done.
     *
     * @param operation where it is told
     * @param jar       the new version, kept
     * @param staged    its bundle where it stands beside already
     * @param moving    told of the bundle that is to serve, just before callers move
     * @param succession how it ends where ops itself is replaced: the old version conducts, so it is not stopped
     */
    record Task(
            Operation operation,
            StagedJar jar,
            Optional<Bundle> staged,
            Consumer<Bundle> moving,
            Optional<Succession> succession) {}

    /** What follows from a probation. */
    enum Outcome {
        /** The new version is to be the desired one. */
        PROVEN,
        /** It is not; the operation has ended. */
        BACK,
        /** The new version of ops goes on with the operation. */
        HANDED_OVER
    }

    /** Overlap, switch and drain. @return false when it was refused and nothing moved */
    boolean begin() throws InterruptedException {
        boolean moves = false;
        try {
            overlap();
            state.beforeSwitch(fresh);
            SwapThreads.giveBack();
            moving.accept(fresh);
            moves = true;
        } catch (Refused e) {
            operation.enter(Phase.REFUSED, e.getMessage() + discarded() + served());
            return false;
        } catch (RuntimeException | Error e) { // nothing has moved, so nothing of it stays
            LOG.error("{} did not get as far as the switch", jar.name(), e);
            operation.enter(Phase.FAILED, "a bug of the platform: " + e + discarded() + served());
            return false;
        } finally {
            if (!moves) {
                overlap.fresh().ifPresent(one -> tools.takeOut(one, operation));
            }
        }
        move();
        return true;
    }

    /** Probation and what follows from it. */
    Outcome prove() throws InterruptedException {
        Optional<String> back = watched();
        if (back.isEmpty()) {
            back = operation.conclude(
                    succession.isPresent()
                            ? fresh + " takes over and takes the old version out"
                            : old.map(one -> one + " is taken out").orElse("nothing to take out"));
        }
        if (back.isEmpty() && succession.isPresent()) {
            back = succession.get().handOver(operation, fresh);
            if (back.isEmpty()) {
                return Outcome.HANDED_OVER;
            }
        }
        if (back.isPresent()) {
            goBack(back.get());
            return Outcome.BACK;
        }
        old.ifPresent(one -> tools.takeOut(one, operation));
        return Outcome.PROVEN;
    }

    private String discarded() throws InterruptedException {
        return StateSteps.tried("; what it made stays behind: ", state::discard);
    }

    private String served() {
        return old.isPresent() ? "; the old version serves as before" : "; nothing of that name runs";
    }

    private void overlap() throws Refused, InterruptedException {
        String what = jar.name() + " " + jar.version();
        operation.enter(Phase.OVERLAP, staged.isPresent() ? what + " stands beside" : what + " is started beside");
        long began = System.nanoTime();
        if (staged.isPresent()) {
            state.beforeStart(staged.get());
            fresh = overlap.adopt(staged.get());
        } else {
            fresh = overlap.bring(startLevel, state::beforeStart);
        }
        if (succession.isPresent()) {
            succession.get().expectHeir(fresh);
        }
        operation.measure("overlapMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    /** Callers move; what goes wrong from here on is a reason to go back. */
    private void move() throws InterruptedException {
        try {
            probation = new Probation(tools.core()::tape, overlap.rules());
            guards = new PlugInWatch(tools.core(), fresh.getBundleId());
            serve();
        } catch (RuntimeException | Error e) {
            unfinished = brokeOff("the switch", e);
        } finally {
            operation.hurry(false);
        }
    }

    private String brokeOff(String what, Throwable e) {
        LOG.error("{} of {} broke off", what, fresh, e);
        return what + " broke off: " + e;
    }

    /** Calls in flight end where they began; then the old one stops. */
    private void serve() throws InterruptedException {
        operation.enter(Phase.SWITCH, "callers move to " + fresh);
        // who asks this version of ops for more must ask the next one: callers would wait for those who wait here
        operation.hurry(succession.isPresent());
        long began = System.nanoTime();
        SwapThreads.yielding(false);
        tools.moduleSwitch().serve(fresh.getBundleId());
        SwapThreads.yielding(true);
        operation.hurry(false);
        operation.measure("switchMicros", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
        operation.enter(Phase.DRAIN, old.map(one -> one + " ends its calls").orElse("nothing to drain"));
        if (old.isPresent()) {
            operation.measure("drainMicros", drain(old.get()));
            unfinished = StateSteps.tried("", state::afterLastCall);
            if (succession.isEmpty()) {
                tools.stop(old.get());
            }
        }
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

    private Optional<String> watched() throws InterruptedException {
        try (Probation watching = probation) {
            return unfinished.isEmpty() ? watch(watching) : Optional.of(unfinished);
        } catch (RuntimeException | Error e) { // what cannot be watched has not proved itself
            return Optional.of(brokeOff("the probation", e));
        }
    }

    /** @return why the old version must come back; empty when the new one has proved itself */
    private Optional<String> watch(Probation watching) throws InterruptedException {
        operation.enter(Phase.WATCH, "on probation for " + operation.request().watchMs() + " ms");
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(operation.request().watchMs());
        long begunBy = began + tools.ready().toNanos();
        boolean begins = true;
        int looks = 0;
        do {
            List<String> troubles = new ArrayList<>(guards.look());
            troubles.addAll(watching.look(LOOK));
            String recall = operation.awaitRecall(watching.isReading() ? Duration.ZERO : LOOK);
            if (!recall.isEmpty()) {
                troubles.add(recall);
            }
            if (looks++ % HEALTH == 0) {
                begins = System.nanoTime() < begunBy && !overlap.troubles(fresh).isEmpty();
                troubles.addAll(begins ? overlap.lastingTroubles(fresh) : overlap.troubles(fresh));
            }
            if (!troubles.isEmpty()) {
                return Optional.of(String.join("; ", troubles));
            }
        } while (System.nanoTime() < end || begins);
        return Optional.empty();
    }

    private void goBack(String why) throws InterruptedException {
        if (old.isEmpty()) {
            operation.enter(Phase.ROLLED_BACK, why + "; it is taken out again");
            tools.takeOut(fresh, operation);
            return;
        }
        SwapThreads.yielding(false); // the new version does not serve well
        long began = System.nanoTime();
        StateSteps back = StateSteps.back(tools, operation, fresh);
        String lost = StateSteps.tried(LOST, () -> back.beforeStart(old.get()));
        String unwell = "";
        try {
            if (succession.isEmpty()) {
                tools.rack().start(old.get(), Overlap.START);
                unwell = overlap.awaitUp(old.get());
            }
        } catch (BundleException | TimeoutException | Refused e) {
            operation.enter(Phase.FAILED, why + "; and the old version does not come back: " + e.getMessage());
            return;
        }
        lost += StateSteps.tried(LOST, () -> back.beforeSwitch(old.get()));
        SwapThreads.giveBack();
        tools.moduleSwitch().serve(old.get().getBundleId());
        operation.measure("backMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        drain(fresh);
        lost += StateSteps.tried(LOST, back::afterLastCall);
        operation.enter(Phase.ROLLED_BACK, why + "; " + old.get() + " serves again" + unwell + lost);
        tools.takeOut(fresh, operation);
    }
}
