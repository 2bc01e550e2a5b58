package org.hmsach.mkt.data.internal.lean;

import java.time.LocalDate;

/** A day of a symbol; prices and volume at scale 8. */
public record DailyBar(LocalDate date, long open, long high, long low, long close, long volume) {}
