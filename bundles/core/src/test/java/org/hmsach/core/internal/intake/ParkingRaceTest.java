package org.hmsach.core.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hmsach.api.refusal.UnavailableException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads park, each a seeded number of times, while the place is closed in the middle of it. */
@Timeout(60)
class ParkingRaceTest {
    private static final int PLACES = 8;
    private static final int THREADS = 6;
    private static final int EACH = 200;

    private final AtomicInteger most = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyoneIsToldOnceAndNoPlaceIsLost(long seed) {
        Random random = new Random(seed);
        Parking parking = new Parking(PLACES, 10_000);
        assertEquals(0, again(parking, 3).orTimeout(10, TimeUnit.SECONDS).join(), "alone one gets through");
        List<CompletableFuture<List<CompletableFuture<Integer>>>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random own = new Random(random.nextLong());
            threads.add(CompletableFuture.supplyAsync(() -> park(parking, own), task -> new Thread(task).start()));
        }
        threads.get(random.nextInt(THREADS)).join();
        parking.close();
        for (var thread : threads) {
            for (CompletableFuture<Integer> told : thread.join()) {
                told.orTimeout(10, TimeUnit.SECONDS)
                        .handle(ParkingRaceTest::isToldWhy)
                        .join();
            }
        }
        assertEquals(0, parking.parked(), "places that nobody left");
        assertTrue(most.get() <= PLACES + THREADS, "at most the places, and one each that is being turned away");
    }

    /** Whoever does not get through is told that the module is being replaced. */
    private static boolean isToldWhy(Integer through, Throwable failure) {
        if (failure != null) {
            Throwable why = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            assertInstanceOf(UnavailableException.class, why);
        }
        return failure == null;
    }

    private List<CompletableFuture<Integer>> park(Parking parking, Random random) {
        List<CompletableFuture<Integer>> told = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            told.add(again(parking, 1 + random.nextInt(3)));
        }
        return told;
    }

    private CompletableFuture<Integer> again(Parking parking, int attempts) {
        most.accumulateAndGet(parking.parked(), Math::max);
        return attempts == 0
                ? CompletableFuture.completedFuture(0)
                : parking.park("gov.checks", parking.deadline(), () -> again(parking, attempts - 1));
    }
}
