package org.hmsach.gateway.internal.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.history.History.ValuePoint;
import org.hmsach.api.http.ProblemException;
import org.junit.jupiter.api.Test;

class ValueHistoryTest {
    private static final LocalDate MONDAY = LocalDate.of(2013, 10, 7);
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);

    @Test
    void takesTheCloseOfEachDateAndTheLastPointOfTheRunningOne() {
        Map<String, Object> json = ValueHistory.json(
                List.of(
                        point(1_000, MONDAY, false, 100_00, 100_00),
                        point(2_000, MONDAY, true, 101_00, 100_00),
                        point(3_000, MONDAY, false, 999_00, 100_00),
                        point(4_000, TUESDAY, false, 152_00, 150_00)),
                "1D");
        assertEquals(List.of(2L, 4L), json.get("timestamp"));
        assertEquals(List.of(new BigDecimal("101.00"), new BigDecimal("152.00")), json.get("equity"));
        // 50.00 of the rise came in as a deposit
        assertEquals(List.of(new BigDecimal("0.00"), new BigDecimal("1.00")), json.get("profit_loss"));
        assertEquals(new BigDecimal("101.00"), json.get("base_value"));
    }

    @Test
    void isEmptyWithoutPoints() {
        assertEquals(List.of(), ValueHistory.json(List.of(), "1D").get("equity"));
    }

    @Test
    void readsPeriods() {
        long now = 1_700_000_000_000L;
        assertEquals(
                86_400_000L + 1 - 1,
                now
                        + 1
                        - ValueHistory.window("1D", null, Optional.empty(), Optional.empty(), now)
                                .fromMs());
        assertEquals(
                "5Min",
                ValueHistory.window("1D", null, Optional.empty(), Optional.empty(), now)
                        .timeframe());
        assertEquals(
                "1D",
                ValueHistory.window(null, null, Optional.empty(), Optional.empty(), now)
                        .timeframe());
        assertEquals(
                5,
                ValueHistory.window("all", "1H", Optional.of(5L), Optional.of(9L), now)
                        .fromMs());
        for (String bad : List.of("0D", "1X", "M", "-1D", "9999D")) {
            assertThrows(
                    ProblemException.class,
                    () -> ValueHistory.window(bad, null, Optional.empty(), Optional.empty(), now));
        }
        assertThrows(
                ProblemException.class, () -> ValueHistory.window("1D", "2H", Optional.empty(), Optional.empty(), now));
    }

    private static ValuePoint point(long ms, LocalDate date, boolean closing, long equityMinor, long depositedMinor) {
        return new ValuePoint(ms, date, closing, equityMinor, equityMinor, depositedMinor);
    }
}
