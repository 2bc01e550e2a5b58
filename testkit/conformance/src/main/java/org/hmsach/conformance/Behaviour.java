package org.hmsach.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Deadlines and ordering of each service. */
final class Behaviour {
    private static final int CALLS = 100;
    private static final int MOST_LATE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Behaviour() {}

    static List<Line> lines(Box box) throws InterruptedException {
        List<Line> lines = new ArrayList<>();
        for (Box.Offer offer : box.offers()) {
            Object service = box.context().getService(offer.reference());
            String name = offer.exercise().spi().getSimpleName();
            Line deadlines = deadlines(name, offer.exercise(), service);
            lines.add(deadlines);
            if (deadlines.passed()) { // else whatever follows is the same finding again
                lines.add(ordering(name, offer.exercise(), service));
            }
            box.context().ungetService(offer.reference());
        }
        return lines;
    }

    private static Line deadlines(String name, Exercise exercise, Object service) throws InterruptedException {
        String check = "deadlines of " + name;
        Duration bound = exercise.deadline();
        long longestNanos = 0;
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        int calls = 0;
        int late = 0;
        while (calls < CALLS && System.nanoTime() < endNanos) {
            calls++;
            int number = calls;
            long begin = System.nanoTime();
            try {
                Timed.call(bound, () -> {
                    exercise.once(service, number);
                    return number;
                });
            } catch (TimeoutException e) {
                late++;
                if (late > MOST_LATE) { // one may be the machine's fault
                    String why = late + " of " + calls + " calls gave no answer within " + bound.toMillis() + " ms";
                    return new Line(check, false, why);
                }
            } catch (ExecutionException e) {
                return new Line(check, false, "call " + number + " failed: " + e.getCause());
            }
            longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
        }
        return new Line(
                check,
                true,
                calls + " calls, " + late + " late, longest " + TimeUnit.NANOSECONDS.toMillis(longestNanos) + " ms of "
                        + bound.toMillis());
    }

    private static Line ordering(String name, Exercise exercise, Object service) throws InterruptedException {
        String check = "ordering of " + name;
        try {
            return Line.of(check, Timed.call(PATIENCE, () -> exercise.disorder(service)), "as the contract says");
        } catch (TimeoutException e) {
            return new Line(check, false, "not done within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Line(check, false, "failed: " + e.getCause());
        }
    }
}
