package org.hmsach.core.internal.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.core.internal.log.Condition;
import org.hmsach.core.internal.log.Log;
import org.hmsach.core.internal.log.LogUnavailableException;
import org.hmsach.core.internal.log.Moment;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.Machine;
import org.hmsach.core.internal.machine.MachineView;
import org.hmsach.core.internal.thread.OwnThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** State of the core and proofs over its log. */
@Component(service = CoreControl.class, enabled = false)
public final class ControlService implements CoreControl {
    private static final int MAY_WAIT = 4;
    private final Log<Answer> log;
    private final MachineView machine;
    private final ExecutorService verifications = new ThreadPoolExecutor(
            0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAY_WAIT), OwnThreads.named("hmsach-verify"));

    /** One at a time: two would only wait for the same disk. */
    private final ExecutorService copies = new ThreadPoolExecutor(
            0, 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), OwnThreads.named("hmsach-copy"));

    /** Of the running core. */
    @Activate
    public ControlService(@Reference CoreEngine engine) {
        this(engine.running());
    }

    ControlService(Core core) {
        this.log = core.log();
        this.machine = core.machine();
    }

    @Override
    public CompletionStage<Status> copyTo(Path directory, CopyListener listener) {
        CompletableFuture<Status> done = new CompletableFuture<>();
        try {
            copies.execute(() -> {
                try {
                    done.complete(log.copyTo(directory, this::statusAt, listener::onBytes));
                } catch (CompletionException e) {
                    done.completeExceptionally(e.getCause());
                } catch (IOException e) {
                    done.completeExceptionally(new UncheckedIOException(e));
                } catch (LogUnavailableException | IllegalStateException e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(UnavailableException.core("CORE_BUSY", "another copy is being made", 30));
        }
        return translated(done);
    }

    private record Live(Moment moment, String stateHash) {}

    @Override
    public CompletionStage<Status> status() {
        return translated(log.queryAt(this::statusAt));
    }

    private Status statusAt(Moment moment) {
        Condition condition = log.condition();
        return new Status(
                machine.clusterId(),
                machine.machineVersion(),
                moment.entry(),
                moment.event(),
                machine.stateSha256(),
                moment.chainHash(),
                condition.isOpen(),
                condition.detail());
    }

    @Override
    public CompletionStage<Verification> verify() {
        CompletableFuture<Verification> done = new CompletableFuture<>();
        log.queryAt(moment -> new Live(moment, machine.stateSha256())).whenComplete((live, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else {
                verifyLater(live, done);
            }
        });
        return translated(done);
    }

    /** Called on the machine thread, so only hands over. */
    private void verifyLater(Live live, CompletableFuture<Verification> done) {
        try {
            verifications.execute(() -> {
                try {
                    done.complete(verify(live));
                } catch (LogUnavailableException | IllegalStateException e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(
                    UnavailableException.core("CORE_BUSY", MAY_WAIT + " verifications are waiting already", 30));
        }
    }

    private Verification verify(Live live) {
        long beganNs = System.nanoTime();
        Machine second = new Machine();
        String chain = log.replayInto(second, live.moment().entry());
        String replayed = second.stateSha256();
        String hash = chain.equals(live.moment().chainHash()) ? replayed : replayed + " but another tape: " + chain;
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        return new Verification(live.moment().entry(), live.stateHash(), hash, second.sums(), millis);
    }

    @Override
    public CompletionStage<Void> snapshot() {
        return translated(log.snapshot());
    }

    private <T> CompletionStage<T> translated(CompletableFuture<T> stage) {
        return stage.handleAsync((value, failure) -> {
            if (failure != null) {
                throw LogFailures.translate(failure, log.condition());
            }
            return value;
        });
    }

    /** Lets a running verification or copy end by itself. */
    @Deactivate
    void stop() {
        verifications.shutdown();
        copies.shutdown();
    }
}
