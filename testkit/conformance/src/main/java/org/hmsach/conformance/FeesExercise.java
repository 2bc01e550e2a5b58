package org.hmsach.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mfe.FeeSchedule;

/** Pure, and never more than the estimate, however the order is filled. */
final class FeesExercise implements Exercise {
    private static final long PRICE_E8 = Scale8.parse("182.37");
    private static final int PARTS = 7;

    @Override
    public Class<?> spi() {
        return FeeSchedule.class;
    }

    @Override
    public Duration deadline() {
        return Duration.ofMillis(250);
    }

    @Override
    public void once(Object service, int number) {
        FeeSchedule schedule = (FeeSchedule) service;
        Exercises.require(schedule.version() != null && !schedule.version().isEmpty(), "the schedule has no version");
        sum(schedule, number * Scale8.ONE);
        Exercises.require(estimate(schedule, number * Scale8.ONE) >= 0, "a negative estimate");
    }

    @Override
    public List<String> disorder(Object service) {
        FeeSchedule schedule = (FeeSchedule) service;
        List<String> problems = new ArrayList<>();
        for (int shares = 1; shares <= 50 && problems.isEmpty(); shares++) {
            long qtyE8 = shares * PARTS * Scale8.ONE;
            long whole = sum(schedule, qtyE8);
            long parts = 0;
            for (int part = 0; part < PARTS; part++) {
                parts += sum(schedule, qtyE8 / PARTS);
            }
            long estimate = estimate(schedule, qtyE8);
            if (whole != sum(schedule, qtyE8)) {
                problems.add("the same fill costs " + whole + " and then something else");
            }
            if (whole > estimate || parts > estimate) {
                problems.add("estimated " + estimate + ", but a fill costs " + whole + " and its parts " + parts);
            }
        }
        return problems;
    }

    private static long sum(FeeSchedule schedule, long qtyE8) {
        return schedule.fees(Side.SELL, "IBM", qtyE8, PRICE_E8, Currency.USD).stream()
                .mapToLong(FeeSchedule.Fee::amountMinor)
                .sum();
    }

    private static long estimate(FeeSchedule schedule, long qtyE8) {
        return schedule.estimateMinor(Side.SELL, "IBM", qtyE8, PRICE_E8, Currency.USD);
    }
}
