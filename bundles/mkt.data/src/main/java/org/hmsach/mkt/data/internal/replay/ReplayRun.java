package org.hmsach.mkt.data.internal.replay;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hmsach.mkt.data.internal.lean.BadDataFile;
import org.hmsach.mkt.data.internal.lean.LeanFolder;
import org.hmsach.mkt.data.internal.lean.TickRow;
import org.hmsach.mkt.data.internal.pace.Pace;
import org.hmsach.mkt.data.internal.pace.PacedThread;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Trade;

/** Plays day after day. */
final class ReplayRun {
    private final LeanFolder folder;
    private final ReplayPlan plan;
    private final ReplayFeed.Settings settings;
    private final MarketDataFeed.Sink sink;
    private final Pace pace;
    private LocalDate date = LocalDate.EPOCH;

    ReplayRun(LeanFolder folder, ReplayPlan plan, ReplayFeed.Settings settings, MarketDataFeed.Sink sink) {
        this.folder = folder;
        this.plan = plan;
        this.settings = settings;
        this.sink = sink;
        this.pace = new Pace(settings.speed(), timeMs -> sink.time(timeMs, date, true));
    }

    /** Tells the time at once, so that nobody sees a market without one, then plays on a thread of its own. */
    MarketDataFeed.Run start(PlayedDay first) {
        sink.time(first.session().opensAt().toEpochMilli(), first.date(), true);
        return PacedThread.start(ReplayFeed.NAME, pace, () -> play(first));
    }

    private void play(PlayedDay first) {
        try {
            Optional<PlayedDay> day = Optional.of(first);
            while (day.isPresent() && playDay(day.get())) {
                day = overnight(day.get());
            }
        } catch (BadDataFile broken) {
            sink.failed(broken.getMessage());
        }
    }

    private boolean playDay(PlayedDay day) {
        date = day.date();
        long openMs = day.session().opensAt().toEpochMilli();
        sink.time(openMs, date, true);
        pace.start(openMs);
        Map<String, QuoteSides> quotes = new HashMap<>();
        try (DayTicks ticks = new DayTicks(folder, day)) {
            for (Optional<DayTicks.Tick> tick = ticks.next(); tick.isPresent(); tick = ticks.next()) {
                long timeMs = day.epochMs(tick.get().row().timeMs());
                if (!pace.awaitMs(timeMs)) {
                    return false;
                }
                tell(tick.get(), timeMs, day.source(), quotes);
            }
        }
        return pace.awaitMs(day.session().closesAt().toEpochMilli());
    }

    private void tell(DayTicks.Tick tick, long timeMs, String source, Map<String, QuoteSides> quotes) {
        if (tick.row() instanceof TickRow.Trade trade) {
            sink.trade(new Trade(tick.symbol(), trade.price(), trade.size(), timeMs, source));
        } else if (tick.row() instanceof TickRow.Quote quote) {
            quotes.computeIfAbsent(tick.symbol(), QuoteSides::new)
                    .apply(quote, timeMs, source)
                    .ifPresent(update -> sink.quote(update.quote(), update.bidUpdated(), update.askUpdated()));
        }
    }

    private Optional<PlayedDay> overnight(PlayedDay day) {
        Optional<PlayedDay> next = plan.from(day.date().plusDays(1));
        long closeMs = day.session().closesAt().toEpochMilli();
        sink.time(closeMs, next.map(PlayedDay::date).orElse(day.date()), false);
        return pace.pauseMs(settings.overnightMs()) ? next : Optional.empty();
    }
}
