package org.hmsach.ops.internal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AskedOnceTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AskedOnce<String, String> asked = new AskedOnce<>();

    @Test
    void asksNobodyAgainWhoDidNotComeBack() throws Exception {
        Semaphore back = new Semaphore(0);
        AtomicInteger calls = new AtomicInteger();
        Callable<String> hanging = () -> {
            calls.incrementAndGet();
            back.acquireUninterruptibly();
            return "late";
        };
        TimeoutException first = assertThrows(TimeoutException.class, () -> asked.ask("a", "it", SHORT, hanging));
        assertEquals("it did not end within 100 ms", first.getMessage());
        TimeoutException again = assertThrows(TimeoutException.class, () -> asked.ask("a", "it", PATIENCE, hanging));
        assertEquals("it still does not come back", again.getMessage());
        assertEquals(1, calls.get());
        assertEquals("other", asked.ask("b", "the other", PATIENCE, () -> "other"));
        back.release();
        while (!answers()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean answers() throws Exception {
        try {
            return asked.ask("a", "it", PATIENCE, () -> "well").equals("well");
        } catch (TimeoutException e) {
            assertTrue(e.getMessage().contains("still"), e.getMessage());
            return false;
        }
    }

    @Test
    void tellsWhatWasThrownAndAsksAnew() throws Exception {
        ExecutionException e = assertThrows(
                ExecutionException.class,
                () -> asked.ask("a", "it", PATIENCE, () -> {
                    throw new StackOverflowError("deep");
                }));
        assertEquals("deep", e.getCause().getMessage());
        assertTrue(answers(), "what was thrown is over");
    }
}
