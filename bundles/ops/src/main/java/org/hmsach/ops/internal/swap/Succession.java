package org.hmsach.ops.internal.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.Bounded;
import org.hmsach.ops.internal.frame.SwapThreads;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How ops itself is replaced. The old version conducts the operation until the new one has proved itself; nobody stops
 * itself, so at the end it hands the operation to the new one, which takes it out and writes the end down. What does
 * not take over in time is gone back from. The new one is looked at once more when it is alone, and then the operation
 * may still go back the same way.
 */
final class Succession implements Relay.Taking {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    /** Together with the look at the health it stays below the 5 s within which a bad version must be gone. */
    private static final Duration TAKE = Duration.ofSeconds(3);

    private static final Duration ALONE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(25);

    private final BundleContext context;
    private final SwapTools tools;
    private final OperationBook book;
    private final Relay relay;
    private final DesiredFile desired;

    Succession(BundleContext context, SwapTools tools, OperationBook book, Relay relay, DesiredFile desired) {
        this.context = context;
        this.tools = tools;
        this.book = book;
        this.relay = relay;
        this.desired = desired;
    }

    /** @throws Refused when the version could not take over: nothing has moved yet */
    void expectHeir(Bundle fresh) throws Refused {
        if (!relay.understands(fresh.getBundleId())) {
            throw new Refused(fresh + " does not answer this version of ops, so it could not take over");
        }
    }

    /** Hands the operation over. @return why the other version did not take it; empty when it did */
    Optional<String> handOver(Operation operation, Bundle to) throws InterruptedException {
        long began = System.nanoTime();
        Optional<String> refusal = hand(operation, to, "");
        if (refusal.isEmpty()) {
            operation.leave();
            LOG.info("{} took over after {} ms", to, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
        return refusal;
    }

    private Optional<String> hand(Operation operation, Bundle to, String back) throws InterruptedException {
        AtomicBoolean claim = new AtomicBoolean();
        long own = context.getBundle().getBundleId();
        Relay.Handed handed = new Relay.Handed(operation.record(), own, back);
        String what = to + " takes over";
        try {
            Optional<String> refusal = Bounded.run(what, TAKE, () -> relay.hand(handed, to.getBundleId(), claim));
            return refusal.map(why -> to + " does not take over: " + why);
        } catch (ExecutionException e) {
            // it may have failed after it had begun
            return claim.compareAndSet(false, true)
                    ? Optional.of(to + " does not take over: " + e.getCause())
                    : Optional.empty();
        } catch (TimeoutException e) {
            return claim.compareAndSet(false, true)
                    ? Optional.of(to + " does not take over within " + TAKE.toMillis() + " ms")
                    : Optional.empty();
        }
    }

    @Override
    public void take(Relay.Handed handed, AtomicBoolean claim) throws Refused {
        Bundle own = context.getBundle();
        Bundle other = context.getBundle(handed.from());
        if (!tools.moduleSwitch().serves(own.getBundleId())) {
            throw new Refused(own + " does not serve");
        }
        if (other == null || !own.getSymbolicName().equals(other.getSymbolicName())) {
            throw new Refused("bundle " + handed.from() + " is no version of " + own.getSymbolicName());
        }
        if (!claim.compareAndSet(false, true)) {
            throw new Refused("it was not waited for");
        }
        Operation operation = book.adopt(handed.operation());
        SwapThreads.start(own.getSymbolicName(), () -> end(operation, other, handed.back()));
    }

    private void end(Operation operation, Bundle other, String back) {
        boolean mine = true;
        try {
            if (back.isEmpty()) {
                mine = replace(operation, other);
            } else {
                tools.takeOut(other, operation);
                operation.enter(Phase.ROLLED_BACK, back + "; " + context.getBundle() + " serves again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            operation.enter(Phase.FAILED, "interrupted: the desired set decides at the next start");
        } catch (Throwable e) { // the edge of this thread
            LOG.error("operation {} on {} broke off", operation.id(), operation.module(), e);
            operation.enter(Phase.FAILED, "a bug of the platform: " + e);
        } finally {
            SwapThreads.giveBack();
        }
        if (mine) {
            SwapEngine.log(book.close(operation));
        }
    }

    /** @return whether the operation ended here */
    private boolean replace(Operation operation, Bundle other) throws InterruptedException {
        Bundle own = context.getBundle();
        List<String> before = troubles(own);
        tools.stop(other);
        List<String> unwell = awaitWell(own, before);
        if (!unwell.isEmpty()) {
            return !giveBack(operation, other, String.join("; ", unwell));
        }
        tools.takeOut(other, operation);
        desired.want(jar(operation.record().to()));
        operation.enter(Phase.DONE, operation.module() + " " + own.getVersion() + " serves");
        return true;
    }

    private StagedJar jar(Version version) {
        try {
            return StagedJar.read(desired.jar(version.digest())
                    .orElseThrow(() -> new IllegalStateException("the jar " + version + " was not kept")));
        } catch (StagedJar.NotABundle e) {
            throw new IllegalStateException("the jar " + version + " was kept and is no bundle", e);
        }
    }

    private List<String> troubles(Bundle own) throws InterruptedException {
        return tools.readiness().lasting(own, tools.readiness().waiting(own));
    }

    /** What is wrong now and was not before the other version stopped. */
    private List<String> awaitWell(Bundle own, List<String> before) throws InterruptedException {
        long end = System.nanoTime() + ALONE.toNanos();
        List<String> unwell;
        do {
            unwell = new ArrayList<>(troubles(own));
            unwell.removeAll(before);
            if (!unwell.isEmpty()) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        } while (!unwell.isEmpty() && System.nanoTime() < end);
        return unwell;
    }

    /** @return whether the other version took the operation back */
    private boolean giveBack(Operation operation, Bundle other, String why) throws InterruptedException {
        Optional<String> refusal;
        try {
            tools.rack().start(other, Overlap.START);
            tools.moduleSwitch().serve(other.getBundleId());
            refusal = hand(operation, other, why);
        } catch (BundleException | TimeoutException e) {
            refusal = Optional.of(e.getMessage());
        }
        if (refusal.isEmpty()) {
            operation.leave();
            return true;
        }
        tools.moduleSwitch().serve(context.getBundle().getBundleId());
        operation.enter(Phase.FAILED, why + "; and the old version does not come back: " + refusal.get());
        return false;
    }
}
