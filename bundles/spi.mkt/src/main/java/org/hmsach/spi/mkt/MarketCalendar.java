package org.hmsach.spi.mkt;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Trading days. Offered by mkt.data; thread-safe. */
@ConsumerType
public interface MarketCalendar {
    /** One trading day with its hours in the market's time zone. */
    record TradingDay(LocalDate date, LocalTime open, LocalTime close) {}

    /** Market identifier code, e.g. {@code "XNYS"} (ISO 10383). */
    String market();

    /** Trading days, both ends included, oldest first; at most ten years. */
    List<TradingDay> days(LocalDate from, LocalDate to);

    /** The {@code n}-th trading day after the date, n at least 1: T+n. */
    LocalDate tradingDayAfter(LocalDate date, int n);
}
