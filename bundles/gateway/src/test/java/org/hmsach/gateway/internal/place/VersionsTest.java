package org.hmsach.gateway.internal.place;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.api.module.ModuleSwitch;
import org.junit.jupiter.api.Test;

class VersionsTest {
    /** One bundle's gate. */
    private static final class Counting implements ModuleSwitch {
        final AtomicLong inside = new AtomicLong();
        boolean open = true;

        @Override
        public boolean serves(long bundleId) {
            return open;
        }

        @Override
        public void serve(long bundleId) {
            open = true;
        }

        @Override
        public boolean enter(long bundleId) {
            return open && inside.incrementAndGet() > 0;
        }

        @Override
        public void leave(long bundleId) {
            inside.decrementAndGet();
        }

        @Override
        public long inFlight(long bundleId) {
            return inside.get();
        }
    }

    @Test
    void givesAVisitBackToTheSwitchThatCountedIt() {
        Counting old = new Counting();
        Counting next = new Counting();
        List<ModuleSwitch> switches = new ArrayList<>(List.of(old));
        Runnable leave = Versions.enter(switches, 7);
        assertEquals(1, old.inFlight(7));
        switches.set(0, next);
        leave.run();
        assertEquals(0, old.inFlight(7));
        assertEquals(0, next.inFlight(7));
    }

    @Test
    void givesNothingBackThatWasNotCounted() {
        Counting closed = new Counting();
        closed.open = false;
        Versions.enter(List.of(closed), 7).run();
        Versions.enter(List.of(), 7).run();
        assertEquals(0, closed.inFlight(7));
    }
}
