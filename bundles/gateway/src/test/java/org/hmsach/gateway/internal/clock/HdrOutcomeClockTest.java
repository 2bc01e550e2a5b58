package org.hmsach.gateway.internal.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.hmsach.api.http.OutcomeClock.Outcomes;
import org.junit.jupiter.api.Test;

class HdrOutcomeClockTest {
    private final HdrOutcomeClock clock = new HdrOutcomeClock();

    @Test
    void tellsPercentilesWithinOnePercent() {
        for (int ms = 1; ms <= 1_000; ms++) {
            clock.record("order", TimeUnit.MILLISECONDS.toNanos(ms));
        }
        Outcomes order = clock.outcomes().get(0);
        assertEquals("order", order.kind());
        assertEquals(1_000, order.count());
        assertNear(500, order.p50Nanos());
        assertNear(950, order.p95Nanos());
        assertNear(1_000, order.maxNanos());
    }

    @Test
    void countsWhatIsOutsideOfItsRangeAtTheEnds() {
        clock.record("order", -1);
        clock.record("order", 0);
        clock.record("order", TimeUnit.HOURS.toNanos(2));
        Outcomes order = clock.outcomes().get(0);
        assertEquals(3, order.count());
        assertTrue(order.p50Nanos() <= TimeUnit.MICROSECONDS.toNanos(1));
        assertNear(TimeUnit.MINUTES.toMillis(1), order.maxNanos());
    }

    @Test
    void countsMoreKindsThanItKeepsAsOthers() {
        for (int i = 0; i < 600; i++) {
            clock.record("kind " + i, 1_000_000);
        }
        assertEquals(501, clock.outcomes().size());
        assertTrue(clock.outcomes().stream().anyMatch(o -> o.kind().equals("other") && o.count() == 100));
    }

    private static void assertNear(long wantedMs, long nanos) {
        long wanted = TimeUnit.MILLISECONDS.toNanos(wantedMs);
        assertTrue(Math.abs(nanos - wanted) <= wanted / 100, nanos + " ns instead of " + wantedMs + " ms");
    }
}
