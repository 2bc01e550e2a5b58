package org.hmsach.spi.mkt;

import java.time.LocalDate;
import org.osgi.annotation.versioning.ConsumerType;

/** Market time: the real clock, replayed time, or the demo's own session. Offered by mkt.data; thread-safe. */
@ConsumerType
public interface MarketClock {
    /**
     * Market time.
     *
     * @param nowMs       market time, milliseconds since 1970 UTC
     * @param date        date of the session that is open, or of the next one
     * @param open        whether the market is open
     * @param nextOpenMs  next opening
     * @param nextCloseMs next close
     * @param source      {@code "calendar"}, {@code "replay"} or {@code "always-open"}
     */
    record MarketTime(long nowMs, LocalDate date, boolean open, long nextOpenMs, long nextCloseMs, String source) {}

    /** Market time now. */
    MarketTime now();
}
