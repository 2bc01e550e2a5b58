package org.hmsach.core.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugInStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final Guards guards = guards(Duration.ofMillis(100));
    private final Guard guard = guards.guard("Venue", "acme", 7);
    private final CountDownLatch released = new CountDownLatch(1);

    private static Guards guards(Duration open) {
        return new Guards(new GuardSettings(2, open, Duration.ofMillis(100)), id -> "com.acme.x 1.0.0");
    }

    @AfterEach
    void close() {
        released.countDown();
        guards.close();
    }

    @Test
    void callsAndCounts() throws Exception {
        assertEquals("a", guard.ask("say a", AMPLE, () -> "a"));
        assertEquals("b", guard.near("say b", AMPLE, () -> "b"));
        assertEquals(2, guard.status().calls());
        assertEquals(0, guard.status().failures());
        assertFalse(guard.status().isRed());
    }

    @Test
    void opensAfterFailuresAndNamesTheLast() {
        Guards patient = guards(Duration.ofHours(1));
        Guard opening = patient.guard("Venue", "acme", 7);
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < GuardSettings.LEAST; i++) {
            PlugInException failed = assertThrows(
                    PlugInException.class,
                    () -> opening.ask("count", AMPLE, () -> broken("no " + asked.incrementAndGet())));
            assertEquals(PlugInException.Kind.FAILED, failed.kind());
        }
        PlugInException open =
                assertThrows(PlugInException.class, () -> opening.ask("count", AMPLE, asked::incrementAndGet));
        assertEquals(PlugInException.Kind.BREAKER_OPEN, open.kind());
        assertTrue(open.getMessage().contains("Venue acme") && open.getMessage().contains("no 5"), open.getMessage());
        assertEquals(5, asked.get(), "an open breaker asks nobody");
        assertTrue(opening.status().isRed());
        patient.close();
    }

    @Test
    void triesAgainAfterAWhile() throws Exception {
        for (int i = 0; i < GuardSettings.LEAST; i++) {
            assertThrows(PlugInException.class, () -> guard.ask("count", AMPLE, () -> broken("no")));
        }
        await("a try", () -> succeeds(() -> 1));
        assertEquals(PlugInStatus.Breaker.CLOSED, guard.status().breaker());
    }

    @Test
    void givesUpALateCallInterruptsItAndTakesItsPlaceBack() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        PlugInException late = assertThrows(
                PlugInException.class,
                () -> guard.ask("sleep", SOON, () -> {
                    try {
                        return released.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw e;
                    }
                }));
        assertEquals(PlugInException.Kind.LATE, late.kind());
        await("the place", () -> guard.status().inside() == 0);
        assertTrue(interrupted.get());
        assertEquals(1, guard.status().late());
        assertEquals(1, guard.status().failures(), "counted once, though the interrupted call threw as well");
    }

    @Test
    void namesTheThreadOfACallThatSpinsAndCallsItNoMore() throws Exception {
        assertThrows(PlugInException.class, () -> guard.ask("spin", SOON, this::spin));
        await("the stuck thread", () -> !guard.status().stuck().isEmpty());
        String line = guard.status().stuck().get(0);
        assertTrue(line.contains("hmsach-Venue-acme-1") && line.contains("restart the process"), line);
        assertTrue(line.contains("GuardTest"), line);
        await("processor time seen", () -> guard.status().stuck().get(0).contains("spins"));
        PlugInException open = assertThrows(PlugInException.class, () -> guard.ask("count", AMPLE, () -> 1));
        assertEquals(PlugInException.Kind.BREAKER_OPEN, open.kind());
        released.countDown();
        await("the way back", () -> succeeds(() -> 1));
        assertTrue(guard.status().stuck().isEmpty());
    }

    @Test
    void interruptsACallWhoseThreadComesAfterTheDeadline() throws Exception {
        Running call = guard.running("sleep");
        guard.wasLate(call, SOON.toMillis());
        call.begin();
        assertThrows(InterruptedException.class, () -> released.await(60, TimeUnit.SECONDS));
        call.end();
        assertFalse(Thread.currentThread().isInterrupted(), "no interrupt is left for the caller");
    }

    @Test
    void namesTheThreadThatBeganAfterTheDeadlineAndSpins() throws Exception {
        Running call = guard.running("spin");
        guard.wasLate(call, SOON.toMillis());
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> {
            call.begin();
            spin();
            call.end();
        });
        await("the stuck thread", () -> !guard.status().stuck().isEmpty());
        assertTrue(guard.status().stuck().get(0).contains("is in spin"), guard.status()::toString);
        released.countDown();
        late.get(20, TimeUnit.SECONDS);
        assertTrue(guard.status().stuck().isEmpty());
    }

    @Test
    void keepsTheNameOfAThreadWhoseBundleStopped() throws Exception {
        assertThrows(PlugInException.class, () -> guard.ask("spin", SOON, this::spin));
        guards.forget(7);
        assertTrue(guards.all().isEmpty());
        await("the departed", () -> guards.departed().stream().anyMatch(line -> line.contains("hmsach-Venue-acme-1")));
        released.countDown();
        await("its end", () -> guards.departed().isEmpty());
    }

    @Test
    void boundsTheCallsAtATime() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        Callable<Boolean> wait = () -> {
            inside.countDown();
            return released.await(60, TimeUnit.SECONDS);
        };
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> succeeds(wait));
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> succeeds(wait));
        assertTrue(inside.await(20, TimeUnit.SECONDS));
        PlugInException busy = assertThrows(PlugInException.class, () -> guard.near("count", AMPLE, () -> 1));
        assertEquals(PlugInException.Kind.BUSY, busy.kind());
        assertEquals(0, guard.status().failures(), "a full house is not the last caller's finding");
        released.countDown();
        assertTrue(first.get(20, TimeUnit.SECONDS) && second.get(20, TimeUnit.SECONDS));
    }

    @Test
    void refusesNoCallerWhoAsksOneAtATime() throws Exception {
        Guard single = guards.guard("Venue", "single", 8);
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> asks(single, 20_000));
        assertTrue(asks(single, 20_000) && other.get(60, TimeUnit.SECONDS));
        assertEquals(40_000, single.status().calls());
    }

    @Test
    void interruptsALateCallOnTheCallersThread() throws Exception {
        PlugInException failed = assertThrows(
                PlugInException.class, () -> guard.near("sleep", SOON, () -> released.await(60, TimeUnit.SECONDS)));
        assertEquals(PlugInException.Kind.FAILED, failed.kind());
        assertEquals(1, guard.status().late());
        assertFalse(Thread.currentThread().isInterrupted(), "no interrupt is left for the caller");
    }

    @Test
    void boundsWhatItTellsInASecond() {
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            admitted += guard.admits(100) ? 1 : 0;
        }
        assertTrue(admitted >= 100 && admitted < 10_000, admitted + " admitted");
        assertTrue(
                guard.status().lastFailure().contains("more than 100 a second"),
                guard.status().lastFailure());
    }

    @Test
    void beginsAnewWhenTheBundleStopped() throws Exception {
        for (int i = 0; i < GuardSettings.LEAST; i++) {
            assertThrows(PlugInException.class, () -> guard.ask("count", AMPLE, () -> broken("no")));
        }
        guards.forget(7);
        assertEquals(1, guards.guard("Venue", "acme", 7).ask("count", AMPLE, () -> 1));
    }

    @Test
    void endsWhatItBeganWithItsBreakerOpenAndItsBundleStopped() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < GuardSettings.LEAST; i++) {
            assertThrows(PlugInException.class, () -> guard.ask("count", AMPLE, () -> broken("no")));
        }
        guard.end("close", AMPLE, ended::incrementAndGet);
        guards.forget(7);
        guard.end("close", AMPLE, ended::incrementAndGet);
        assertEquals(2, ended.get());
        assertEquals(PlugInStatus.Breaker.OPEN, guard.status().breaker(), "an end that went well answers nothing");
    }

    @Test
    void countsAnEndThatFailsOrHangs() {
        PlugInException failed =
                assertThrows(PlugInException.class, () -> guard.end("close", AMPLE, () -> broken("no end")));
        assertEquals(PlugInException.Kind.FAILED, failed.kind());
        PlugInException late = assertThrows(PlugInException.class, () -> guard.end("close", SOON, this::spin));
        assertEquals(PlugInException.Kind.LATE, late.kind());
        assertEquals(2, guard.status().failures());
        assertTrue(guard.status().lastFailure().contains("did not close"), guard.status()::lastFailure);
    }

    private static boolean asks(Guard guard, int times) {
        try {
            for (int i = 0; i < times; i++) {
                guard.ask("try", AMPLE, () -> 1);
            }
            return true;
        } catch (PlugInException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean succeeds(Callable<?> call) {
        try {
            guard.ask("try", AMPLE, call);
            return true;
        } catch (PlugInException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deaf to interrupts. */
    private long spin() {
        long rounds = 0;
        while (released.getCount() > 0) {
            rounds++;
        }
        return rounds;
    }

    private static Object broken(String why) {
        throw new IllegalStateException(why);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what + " did not come within 20 s");
            Thread.onSpinWait();
        }
    }
}
