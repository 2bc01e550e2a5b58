package org.hmsach.ops.internal.swap;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes modules out for good, each as an operation like any other. */
final class Removals {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

    private final SwapTools tools;
    private final OperationBook book;
    private final RunningVersions versions;
    private final ReentrantLock lock;

    /** @param lock of whoever installs and resolves */
    Removals(SwapTools tools, OperationBook book, RunningVersions versions, ReentrantLock lock) {
        this.tools = tools;
        this.book = book;
        this.versions = versions;
        this.lock = lock;
    }

    /** What would go with the module. */
    Preview preview(String module) throws Refused, InterruptedException {
        Bundle bundle = tools.rack().find(module).orElseThrow(() -> new Refused("no bundle has the name " + module));
        List<String> answered = List.copyOf(tools.trials().rulesOfLeaving(bundle));
        Preview preview = new Previewer(tools.rack(), tools.states())
                .removal(bundle, versions.of(module), answered, tools.core().requiredRules());
        return preview.refusal().isEmpty() ? preview.refusedFor(versions.dropped(module)) : preview;
    }

    /** Takes it out; nothing else moves it meanwhile. @throws Refused when it was not done; the record says why */
    Operation.Record remove(String module, Operation.Request request, Removal removal)
            throws Refused, InterruptedException {
        String refusal = preview(module).refusal();
        Operation operation = book.open(module, request);
        lock.lock();
        try {
            operation.between(versions.of(module), Version.NONE);
            if (!refusal.isEmpty()) {
                throw new Refused(refusal);
            }
            removal.requireRemovable(module);
            takeOut(module, operation, removal);
        } catch (Refused e) {
            operation.enter(Phase.REFUSED, e.getMessage());
            throw e;
        } catch (InterruptedException e) {
            operation.enter(Phase.FAILED, "interrupted: the desired set decides at the next start");
            throw e;
        } catch (RuntimeException | Error e) { // whatever it was, the module is free for the next operation
            operation.enter(Phase.FAILED, "a bug of the platform: " + e);
            throw e;
        } finally {
            lock.unlock();
            SwapEngine.log(book.close(operation));
        }
        return operation.record();
    }

    private void takeOut(String module, Operation operation, Removal removal) throws InterruptedException {
        operation.enter(Phase.REMOVE, module + " is taken out");
        Bundle bundle = versions.kept(module).orElseThrow();
        removal.forget(module);
        try {
            tools.rack().remove(bundle, SwapTools.STEP);
            operation.enter(Phase.DONE, module + " is gone until its jar is installed again");
        } catch (BundleException | TimeoutException e) {
            LOG.warn("{} did not go as it should", bundle, e);
            operation.enter(
                    Phase.FAILED,
                    module + " did not go as it should: " + e.getMessage()
                            + "; it does not come back at the next start");
        }
    }
}
