package org.hmsach.mfe.ach.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final Portfolio portfolio;
    private final Door door;
    private final Rails rails;
    private final List<Events.TransferChanged> changes = new ArrayList<>();
    private final TapeFollower follower;

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
        long finished = changes.get(changes.size() - 1).header().entry() - 1;
        if (finished > portfolio.bookmark(MODULE).orElse(0)) {
            await(new Commands.Progress(MODULE, finished));
        }
    }

    private void dispatch(long entry, Transfer transfer) throws InterruptedException {
        Optional<PaymentRail> rail = rails.rail(transfer.rail());
        if (rail.isEmpty()) {
            update(entry, transfer, TransferState.REJECTED, "there is no payment rail '" + transfer.rail() + "'");
        } else if (rail.get().needsApproval(transfer)) {
            update(entry, transfer, TransferState.APPROVAL_PENDING, "");
        } else {
            update(entry, transfer, TransferState.PENDING, "");
        }
    }

    private void send(long entry, Transfer transfer) throws InterruptedException {
        Optional<PaymentRail> rail = rails.rail(transfer.rail());
        if (rail.isEmpty()) {
            update(entry, transfer, TransferState.REJECTED, "the payment rail '" + transfer.rail() + "' went away");
        } else {
            rail.get().send(transfer, new RailReports());
        }
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
