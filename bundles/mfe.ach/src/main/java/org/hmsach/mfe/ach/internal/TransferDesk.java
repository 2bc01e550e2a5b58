package org.hmsach.mfe.ach.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.module.Duty;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeFollower;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;
import org.hmsach.spi.mfe.PaymentRail;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves transfers along: new ones to approval or straight on, approved ones over their rail. */
@Component(
        service = {},
        immediate = true)
public final class TransferDesk implements TapeFollower.Batch {
    static final String MODULE = "mfe.ach";

    private static final Logger LOG = LoggerFactory.getLogger(TransferDesk.class);
    private static final long WAIT_SECONDS = 10;
    private static final int DETAIL_MAX = 200;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final Portfolio portfolio;
    private final Door door;
    private final Rails rails;
    private final List<Events.TransferChanged> changes = new ArrayList<>();
    /** By entry; only the follower's thread touches it. */
    private final TreeMap<Long, Transfer> unsent = new TreeMap<>();

    private final TapeFollower follower;
    private long finished;
    private long nextTryNanos = System.nanoTime();

    @Activate
    public TransferDesk(
            @Reference Tape tape,
            @Reference Portfolio portfolio,
            @Reference Door door,
            @Reference Rails rails,
            @Reference Duty duty) {
        this.portfolio = portfolio;
        this.door = door;
        this.rails = rails;
        this.follower = new TapeFollower(
                "hms-ach-transfers",
                tape,
                duty,
                () -> tape.firstNumberOf(portfolio.bookmark(MODULE).orElse(0) + 1),
                this);
    }

    @Deactivate
    public void close() {
        follower.close();
    }

    @Override
    public void begin() {
        changes.clear();
    }

    @Override
    public void onTransfer(Events.TransferChanged event) {
        changes.add(event);
    }

    @Override
    public void commit() throws InterruptedException {
        sendAgain();
        if (changes.isEmpty()) {
            return;
        }
        for (Events.TransferChanged change : changes) {
            Transfer transfer = change.transfer();
            if (transfer.state() == TransferState.QUEUED) {
                dispatch(change.header().entry(), transfer);
            } else if (transfer.state() == TransferState.PENDING) {
                send(change.header().entry(), transfer);
            }
        }
        finished = changes.get(changes.size() - 1).header().entry() - 1;
        moveBookmark();
    }

    /** Not past a transfer that its rail did not take: after a restart it must come again. */
    private void moveBookmark() throws InterruptedException {
        long upTo = unsent.isEmpty() ? finished : Math.min(finished, unsent.firstKey() - 1);
        if (upTo > portfolio.bookmark(MODULE).orElse(0)) {
            await(new Commands.Progress(MODULE, upTo));
        }
    }

    private void dispatch(long entry, Transfer transfer) throws InterruptedException {
        Optional<Rails.Guarded> rail = rails.rail(transfer.rail());
        if (rail.isEmpty()) {
            update(entry, transfer, TransferState.REJECTED, "there is no payment rail '" + transfer.rail() + "'");
        } else if (needsApproval(rail.get(), transfer)) {
            update(entry, transfer, TransferState.APPROVAL_PENDING, "");
        } else {
            update(entry, transfer, TransferState.PENDING, "");
        }
    }

    /** A rail that cannot say so gets a person's eyes: money does not move unseen. */
    private static boolean needsApproval(Rails.Guarded rail, Transfer transfer) throws InterruptedException {
        try {
            return rail.needsApproval(transfer);
        } catch (PlugInException e) {
            LOG.warn("transfer {} waits for approval: {}", transfer.id(), e.getMessage());
            return true;
        }
    }

    private void send(long entry, Transfer transfer) throws InterruptedException {
        Optional<Rails.Guarded> rail = rails.rail(transfer.rail());
        if (rail.isEmpty()) {
            update(entry, transfer, TransferState.REJECTED, "the payment rail '" + transfer.rail() + "' went away");
            return;
        }
        try {
            rail.get().send(transfer, new RailReports());
            unsent.remove(entry);
        } catch (PlugInException e) {
            if (unsent.put(entry, transfer) == null) {
                LOG.warn("transfer {} is sent again: {}", transfer.id(), e.getMessage());
            }
        }
    }

    /** Others need not wait for a rail that fails; it acts once, however often it is asked. */
    private void sendAgain() throws InterruptedException {
        if (unsent.isEmpty() || System.nanoTime() - nextTryNanos < 0) {
            return;
        }
        nextTryNanos = System.nanoTime() + TRY_AGAIN.toNanos();
        for (Map.Entry<Long, Transfer> one : List.copyOf(unsent.entrySet())) {
            boolean stillPending = portfolio.transfer(one.getValue().id()).stream()
                    .anyMatch(known -> known.state() == TransferState.PENDING);
            if (stillPending) {
                send(one.getKey(), one.getValue());
            } else {
                unsent.remove(one.getKey());
            }
        }
        moveBookmark();
    }

    private void update(long entry, Transfer transfer, TransferState state, String detail) throws InterruptedException {
        await(new Commands.UpdateTransfer(Optional.of(new Cause(MODULE, entry, 0)), transfer.id(), state, detail));
    }

    /** A refusal here is a repetition or a race that a person won: the machine's table decides. */
    private void await(Command command) throws InterruptedException {
        CompletionStage<Outcome> answer = door.submit(command, Origin.ofModule(MODULE));
        try {
            Outcome outcome = answer.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
            outcome.refusal().ifPresent(r -> LOG.info("{} not taken: {}", command, r.detail()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw UnavailableException.core("CORE_SLOW", "the core did not answer within " + WAIT_SECONDS + " s", 1);
        }
    }

    /** What a rail says, from any thread. Without a cause: a repeated report finds the state changed and is refused. */
    private final class RailReports implements PaymentRail.Reports {
        @Override
        public void sent(UUID transfer, String detail) {
            report(transfer, TransferState.SENT_TO_CLEARING, detail);
        }

        @Override
        public void completed(UUID transfer, String detail) {
            report(transfer, TransferState.COMPLETE, detail);
        }

        @Override
        public void rejected(UUID transfer, String detail) {
            report(transfer, TransferState.REJECTED, detail);
        }

        @Override
        public void returned(UUID transfer, String detail) {
            report(transfer, TransferState.RETURNED, detail);
        }

        private void report(UUID transfer, TransferState state, String detail) {
            String bounded = detail.length() > DETAIL_MAX ? detail.substring(0, DETAIL_MAX) : detail;
            door.submit(
                            new Commands.UpdateTransfer(Optional.empty(), transfer, state, bounded),
                            Origin.ofModule(MODULE))
                    .whenComplete((outcome, failure) -> {
                        if (failure != null) {
                            LOG.error("transfer {} could not become {}", transfer, state, failure);
                        } else {
                            outcome.refusal().ifPresent(r -> LOG.warn("transfer {}: {}", transfer, r.detail()));
                        }
                    });
        }
    }
}
