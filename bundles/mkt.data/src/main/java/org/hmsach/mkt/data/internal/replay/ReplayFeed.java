package org.hmsach.mkt.data.internal.replay;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.mkt.data.internal.lean.DailyBar;
import org.hmsach.mkt.data.internal.lean.LeanFolder;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.MarketDataFeed;

/** Plays recorded trades and quotes as if they came now; what it tells is labelled with the day it was recorded. */
public final class ReplayFeed implements MarketDataFeed {
    public static final String NAME = "replay";

    /**
     * How to play.
     *
     * @param speed       market seconds in a real second; 0 plays without waiting
     * @param loop        whether to begin again after the last recorded day, on later business dates
     * @param overnightMs real time between close and next open
     */
    public record Settings(long speed, boolean loop, long overnightMs) {
        public Settings {
            if (speed < 0 || speed > 100_000) {
                throw new IllegalArgumentException("speed " + speed + " is outside 0 to 100000");
            }
            if (overnightMs < 0 || overnightMs > 86_400_000) {
                throw new IllegalArgumentException("overnight_ms " + overnightMs + " is outside 0 to 86400000");
            }
        }
    }

    private final LeanFolder folder;
    private final ReplayPlan plan;
    private final Settings settings;
    private final Function<String, Instrument> proposal;
    private final Supplier<LocalDate> notBefore;
    private final Map<String, List<DailyBar>> daily;

    /**
     * Reads every file once, so that a broken one stops the start and not the afternoon.
     *
     * @param proposal  what to propose as instrument for a symbol
     * @param notBefore the business date that time must not fall behind, asked at each start
     */
    public ReplayFeed(
            LeanFolder folder,
            XnysCalendar calendar,
            Settings settings,
            Function<String, Instrument> proposal,
            Supplier<LocalDate> notBefore) {
        this.folder = folder;
        this.plan = new ReplayPlan(calendar, List.copyOf(folder.dates()), settings.loop());
        this.settings = settings;
        this.proposal = proposal;
        this.notBefore = notBefore;
        folder.verify();
        this.daily = folder.symbols().stream().collect(Collectors.toMap(Function.identity(), folder::daily));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Instrument> instruments() {
        return folder.symbols().stream().map(proposal).toList();
    }

    @Override
    public Run start(Sink sink) {
        PlayedDay first = plan.from(notBefore.get())
                .orElseThrow(() -> new IllegalStateException("the last recorded day, "
                        + folder.dates().last() + ", is before the business date " + notBefore.get()
                        + ", and the replay does not loop"));
        return new ReplayRun(folder, plan, settings, sink).start(first);
    }

    /** Bars of recorded days before the date; what was traded later is not known yet. */
    public List<Bar> history(String symbol, LocalDate before) {
        LocalDate last = folder.dates().last();
        return daily.getOrDefault(symbol, List.of()).stream()
                .filter(bar -> bar.date().isBefore(before) && !bar.date().isAfter(last))
                .map(bar -> bar(symbol, bar))
                .toList();
    }

    private static Bar bar(String symbol, DailyBar bar) {
        return new Bar(symbol, bar.date(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), 0);
    }
}
