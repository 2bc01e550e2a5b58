package org.hmsach.core.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hmsach.api.refusal.UnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParkingTest {
    private static final int ORDERS = 50;
    private static final int LOOKS = 10;

    private final AtomicBoolean isBack = new AtomicBoolean();
    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch looked = new CountDownLatch(LOOKS);

    @Test
    void oneLooksAndTheOthersFollow() throws Exception {
        try (Parking parking = new Parking(ORDERS, 20_000)) {
            long beginNs = System.nanoTime();
            List<CompletableFuture<String>> orders = IntStream.range(0, ORDERS)
                    .mapToObj(i -> place(parking, parking.deadline()))
                    .toList();
            looked.await();
            int looks = attempts.get();
            long ticks = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs) / Parking.LOOK_AGAIN_MS;
            assertTrue(looks <= ticks + 1, looks + " looks in " + ticks + " ticks");
            assertTrue(parking.parked() >= ORDERS - 1, "all but maybe the one that looks");
            isBack.set(true);
            for (CompletableFuture<String> order : orders) {
                assertEquals("through", order.get(10, TimeUnit.SECONDS));
            }
            assertEquals(0, parking.parked());
        }
    }

    @Test
    void nobodyWaitsLongerForBeingBehindOthers() {
        try (Parking parking = new Parking(ORDERS, 20_000)) {
            CompletableFuture<String> patient = place(parking, parking.deadline());
            CompletableFuture<String> late = place(parking, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(30));
            CompletionException why = assertThrows(CompletionException.class, () -> late.orTimeout(10, TimeUnit.SECONDS)
                    .join());
            assertInstanceOf(UnavailableException.class, why.getCause());
            assertFalse(patient.isDone());
        }
    }

    private CompletableFuture<String> place(Parking parking, long deadlineNs) {
        return parking.park("gov.checks", deadlineNs, () -> attempt(parking, deadlineNs));
    }

    private CompletableFuture<String> attempt(Parking parking, long deadlineNs) {
        attempts.incrementAndGet();
        looked.countDown();
        return isBack.get() ? CompletableFuture.completedFuture("through") : place(parking, deadlineNs);
    }
}
