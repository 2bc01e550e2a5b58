package org.hmsach.gateway.internal.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.history.History.ValuePoint;

/** Thins out the value points of an account and shows them as the dialect does: parallel arrays of numbers. */
final class ValueHistory {
    /**
     * Which points.
     *
     * @param fromMs    from, milliseconds since 1970 UTC
     * @param toMs      to, milliseconds since 1970 UTC
     * @param timeframe 1Min, 5Min, 15Min, 1H or 1D
     */
    record Window(long fromMs, long toMs, String timeframe) {}

    private static final Map<String, Long> FRAMES_MS =
            Map.of("1Min", 60_000L, "5Min", 300_000L, "15Min", 900_000L, "1H", 3_600_000L, "1D", 86_400_000L);
    private static final int DIGITS = 2;
    private static final int RATIO_DIGITS = 6;

    private ValueHistory() {}

    static Window window(String period, String frame, Optional<Long> start, Optional<Long> end, long nowMs) {
        String span = period == null || period.isEmpty() ? "1M" : period;
        if (!span.matches("[1-9][0-9]{0,2}[DWMA]|all")) {
            throw Params.wrong("period", span, "a number and one of D, W, M, A, such as 1M, or all");
        }
        String timeframe = Params.choice(
                "timeframe",
                frame,
                span.matches("[1-7]D") ? "5Min" : "1D",
                List.of("1Min", "5Min", "15Min", "1H", "1D"));
        long to = end.orElse(nowMs + 1);
        return new Window(start.orElseGet(() -> from(span, to)), to, timeframe);
    }

    private static long from(String span, long toMs) {
        if (span.equals("all")) {
            return 0;
        }
        int count = Integer.parseInt(span.substring(0, span.length() - 1));
        Period back =
                switch (span.charAt(span.length() - 1)) {
                    case 'D' -> Period.ofDays(count);
                    case 'W' -> Period.ofWeeks(count);
                    case 'M' -> Period.ofMonths(count);
                    default -> Period.ofYears(count);
                };
        return Instant.ofEpochMilli(toMs)
                .atOffset(ZoneOffset.UTC)
                .minus(back)
                .toInstant()
                .toEpochMilli();
    }

    static Map<String, Object> json(List<ValuePoint> points, String timeframe) {
        List<ValuePoint> shown = thin(points, timeframe);
        List<Object> times = new ArrayList<>();
        List<Object> dates = new ArrayList<>();
        List<Object> equity = new ArrayList<>();
        List<Object> gains = new ArrayList<>();
        List<Object> ratios = new ArrayList<>();
        long baseMinor = shown.isEmpty() ? 0 : shown.get(0).equityMinor();
        long baseDepositedMinor = shown.isEmpty() ? 0 : shown.get(0).depositedMinor();
        for (ValuePoint point : shown) {
            // money that came in is no profit
            long gainMinor = point.equityMinor() - baseMinor - (point.depositedMinor() - baseDepositedMinor);
            long investedMinor = baseMinor + point.depositedMinor() - baseDepositedMinor;
            times.add(point.timeMs() / 1000);
            dates.add(point.date().toString());
            equity.add(BigDecimal.valueOf(point.equityMinor(), DIGITS));
            gains.add(BigDecimal.valueOf(gainMinor, DIGITS));
            ratios.add(ratio(gainMinor, investedMinor));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("timestamp", times);
        json.put("date", dates);
        json.put("equity", equity);
        json.put("profit_loss", gains);
        json.put("profit_loss_pct", ratios);
        json.put("base_value", BigDecimal.valueOf(baseMinor, DIGITS));
        json.put("timeframe", timeframe);
        return json;
    }

    /** Of each business date its close, or its last point while it runs; of shorter frames the last point each. */
    private static List<ValuePoint> thin(List<ValuePoint> points, String timeframe) {
        Map<Object, ValuePoint> last = new LinkedHashMap<>();
        long frameMs = FRAMES_MS.get(timeframe);
        boolean daily = timeframe.equals("1D");
        for (ValuePoint point : points) {
            Object frame = daily ? point.date() : (Object) (point.timeMs() / frameMs);
            ValuePoint before = last.get(frame);
            if (!daily || before == null || !before.closing() || point.closing()) {
                last.put(frame, point);
            }
        }
        return List.copyOf(last.values());
    }

    private static BigDecimal ratio(long partMinor, long wholeMinor) {
        return wholeMinor == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(partMinor)
                        .divide(BigDecimal.valueOf(wholeMinor), RATIO_DIGITS, RoundingMode.HALF_EVEN);
    }
}
