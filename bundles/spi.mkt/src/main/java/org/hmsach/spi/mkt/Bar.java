package org.hmsach.spi.mkt;

import java.time.LocalDate;

/** A day bar; prices and volume at scale 8. */
public record Bar(
        String symbol,
        LocalDate date,
        long openE8,
        long highE8,
        long lowE8,
        long closeE8,
        long volumeE8,
        long trades) {}
