package org.hmsach.mkt.data.internal.master;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.portfolio.Portfolio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proposes to the core what it needs before anybody can trade: the feed's instruments that it does not know, and the
 * first business date. Later dates are opened by the close of business, so that no date is moved twice.
 */
public final class CoreSetup {
    private static final Logger LOG = LoggerFactory.getLogger(CoreSetup.class);
    private static final Origin ORIGIN = Origin.ofModule("mkt.data");

    /** The first business date and when its trades settle. */
    public record FirstDate(LocalDate date, LocalDate settleDate) {}

    private final Portfolio portfolio;
    private final Door door;
    private final boolean defineInstruments;
    private final boolean openBusinessDate;
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

    public CoreSetup(Portfolio portfolio, Door door, boolean defineInstruments, boolean openBusinessDate) {
        this.portfolio = portfolio;
        this.door = door;
        this.defineInstruments = defineInstruments;
        this.openBusinessDate = openBusinessDate;
    }

    /** Sends what is missing, unless the last attempt still waits for its answers; true when nothing is missing. */
    public synchronized boolean run(List<Instrument> proposals, FirstDate firstDate) {
        if (!underWay.isDone()) {
            return false;
        }
        List<Command> missing = new ArrayList<>();
        if (defineInstruments) {
            proposals.stream()
                    .filter(proposal -> portfolio.instrument(proposal.symbol()).isEmpty())
                    .forEach(proposal -> missing.add(new Commands.DefineInstrument(proposal)));
        }
        if (openBusinessDate && portfolio.businessDate().isEmpty()) {
            missing.add(new Commands.OpenBusinessDate(firstDate.date(), firstDate.settleDate()));
        }
        underWay = CompletableFuture.allOf(missing.stream().map(this::submit).toArray(CompletableFuture[]::new));
        return missing.isEmpty();
    }

    private CompletableFuture<Void> submit(Command command) {
        return door.submit(command, ORIGIN)
                .handle((outcome, failure) -> answered(command, outcome, failure))
                .toCompletableFuture();
    }

    private static Void answered(Command command, Outcome outcome, Throwable failure) {
        if (failure != null) {
            LOG.info("the core does not take {} yet: {}", command, failure.getMessage());
        } else if (outcome.refusal().isPresent()) {
            LOG.warn("the core refused {}: {}", command, outcome.refusal().get().detail());
        }
        return null;
    }
}
