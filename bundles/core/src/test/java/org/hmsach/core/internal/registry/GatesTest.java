package org.hmsach.core.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.module.ModuleSwitch;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final String NAME = "org.hmsach.gov.checks";

    private final Gates gates = new Gates();

    @Test
    void keepsABundleBesideAsideUntilItServes() {
        gates.put(1, NAME, "hms:" + NAME);
        gates.put(2, NAME, ModuleSwitch.BESIDE + NAME);
        gates.put(3, "another", "hms:another");
        assertTrue(gates.serves(1));
        assertFalse(gates.serves(2));
        assertFalse(gates.enter(2));
        gates.serve(2);
        assertFalse(gates.serves(1));
        assertTrue(gates.serves(2));
        assertTrue(gates.serves(3), "of another name");
        gates.serve(1);
        assertTrue(gates.serves(1));
        assertFalse(gates.serves(2));
    }

    @Test
    void countsWhoIsInsideAcrossASwitch() {
        gates.put(1, NAME, "hms:" + NAME);
        gates.put(2, NAME, ModuleSwitch.BESIDE + NAME);
        assertTrue(gates.enter(1));
        assertTrue(gates.enter(1));
        gates.serve(2);
        assertFalse(gates.enter(1));
        assertEquals(2, gates.inFlight(1));
        gates.leave(1);
        gates.leave(1);
        assertEquals(0, gates.inFlight(1));
        assertEquals(0, gates.inFlight(2));
    }

    @Test
    void wakesWhoeverWaitsForItsDuty() throws Exception {
        gates.put(2, NAME, ModuleSwitch.BESIDE + NAME);
        BundleDuty duty = new BundleDuty(gates, 2);
        assertFalse(duty.isMine());
        assertFalse(duty.await(Duration.ofMillis(1)));
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return duty.await(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        gates.serve(2);
        assertTrue(waiting.get(30, TimeUnit.SECONDS));
        assertTrue(duty.isMine());
    }

    @Test
    void letsInWhatItWasNeverToldOf() {
        assertTrue(gates.serves(99));
        assertTrue(gates.enter(99));
        gates.leave(99);
        assertEquals(0, gates.inFlight(99));
        assertThrows(IllegalArgumentException.class, () -> gates.serve(99));
    }
}
