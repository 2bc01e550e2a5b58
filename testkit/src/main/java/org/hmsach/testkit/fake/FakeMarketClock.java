package org.hmsach.testkit.fake;

import java.time.LocalDate;
import org.hmsach.spi.mkt.MarketClock;

/** Market time that a test sets; open on {@link Samples#MONDAY} at first. Thread-safe. */
public final class FakeMarketClock implements MarketClock {
    private static final long HOUR_MS = 3_600_000L;
    private volatile MarketTime time = at(Samples.NOON_MS, Samples.MONDAY, true);

    /** Sets time, date and session. */
    public void set(long nowMs, LocalDate date, boolean open) {
        time = at(nowMs, date, open);
    }

    /** Opens or closes the market, time standing still. */
    public void open(boolean open) {
        time = at(time.nowMs(), time.date(), open);
    }

    @Override
    public MarketTime now() {
        return time;
    }

    private static MarketTime at(long nowMs, LocalDate date, boolean open) {
        return new MarketTime(nowMs, date, open, nowMs + 20 * HOUR_MS, nowMs + (open ? 4 : 26) * HOUR_MS, "fake");
    }
}
