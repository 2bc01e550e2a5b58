package org.hmsach.mfe.books.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.module.Duty;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeFollower;
import org.hmsach.spi.mfe.FeeSchedule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books the fees of each fill, once, with the fill's entry as cause. */
@Component(
        service = {},
        immediate = true)
public final class FeeBooking implements TapeFollower.Batch {
    static final String MODULE = "mfe.books";
    /** Room for the fees of one fill among the causes of an entry. */
    static final int FEES_PER_EVENT = 16;

    private static final Logger LOG = LoggerFactory.getLogger(FeeBooking.class);

    private final Portfolio portfolio;
    private final Door door;
    private final Schedule schedule;
    private final List<Events.OrderEvent> fills = new ArrayList<>();
    private final TapeFollower follower;

    @Activate
    public FeeBooking(
            @Reference Tape tape,
            @Reference Portfolio portfolio,
            @Reference Door door,
            @Reference Schedule schedule,
            @Reference Duty duty) {
        this.portfolio = portfolio;
        this.door = door;
        this.schedule = schedule;
        this.follower = new TapeFollower(
                "hms-books-fees",
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
        fills.clear();
    }

    @Override
    public void onOrder(Events.OrderEvent event) {
        if (event.execution().isPresent()) {
            fills.add(event);
        }
    }

    @Override
    public void commit() throws InterruptedException {
        if (fills.isEmpty()) {
            return;
        }
        List<CompletionStage<Outcome>> answers = new ArrayList<>();
        for (Events.OrderEvent fill : fills) {
            book(fill, answers);
        }
        for (CompletionStage<Outcome> answer : answers) {
            report(Answers.await(answer));
        }
        // the last entry may have more events in the next batch: its causes stay open until then
        long finished = fills.get(fills.size() - 1).header().entry() - 1;
        if (finished > portfolio.bookmark(MODULE).orElse(0)) {
            report(Answers.await(door.submit(new Commands.Progress(MODULE, finished), Origin.ofModule(MODULE))));
        }
    }

    private void book(Events.OrderEvent fill, List<CompletionStage<Outcome>> answers) throws InterruptedException {
        Order order = fill.order();
        OrderRequest request = order.request();
        Execution execution = fill.execution().orElseThrow();
        Instrument instrument = portfolio
                .instrument(request.symbol())
                .orElseThrow(() -> new IllegalStateException("filled but unknown: " + request.symbol()));
        List<FeeSchedule.Fee> fees = schedule.fees(request, execution, instrument.currency());
        if (fees.size() > FEES_PER_EVENT) {
            throw new IllegalStateException(
                    "fee schedule gives " + fees.size() + " fees, the limit is " + FEES_PER_EVENT);
        }
        for (int i = 0; i < fees.size(); i++) {
            FeeSchedule.Fee fee = fees.get(i);
            Cause cause = new Cause(MODULE, fill.header().entry(), fill.header().index() * FEES_PER_EVENT + i);
            answers.add(door.submit(
                    new Commands.BookFee(cause, order.id(), execution.execId(), fee.amountMinor(), fee.kind()),
                    Origin.ofModule(MODULE)));
        }
    }

    private static void report(Outcome outcome) {
        outcome.refusal()
                .filter(r -> r.reason() != Reason.ALREADY_DONE)
                .ifPresent(r -> LOG.error("fee refused at entry {}: {}", outcome.entry(), r.detail()));
    }
}
