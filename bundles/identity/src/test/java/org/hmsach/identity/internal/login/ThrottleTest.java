package org.hmsach.identity.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Throttle throttle = new Throttle(3, 8_000);

    @Test
    void makesEachFurtherAttemptWaitTwiceAsLongUpToTheLimit() {
        long now = 1_000_000;
        for (int i = 0; i < 3; i++) {
            assertEquals(0, throttle.begin("a", now));
        }
        for (int wait : new int[] {1, 2, 4, 8, 8}) {
            assertEquals(wait, throttle.begin("a", now), "seconds to wait");
            now += wait * 1_000L;
            assertEquals(0, throttle.begin("a", now));
        }
    }

    @Test
    void aRefusedAttemptDoesNotMakeTheWaitLonger() {
        for (int i = 0; i < 3; i++) {
            throttle.begin("a", 0);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(1, throttle.begin("a", 1));
        }
        assertEquals(0, throttle.begin("a", 1_000));
    }

    @Test
    void doesNotMakeAnybodyWaitForAClockThatWasSetBack() {
        long now = 10_000_000;
        for (int i = 0; i < 4; i++) {
            throttle.begin("a", now);
        }
        now -= 3_600_000;
        assertEquals(1, throttle.begin("a", now), "as long as before the clock was set");
        assertEquals(0, throttle.begin("a", now + 1_000));
    }

    @Test
    void forgetsAfterAQuarterOfAnHourAndAfterSuccess() {
        for (int i = 0; i < 3; i++) {
            throttle.begin("a", 0);
            throttle.begin("b", 0);
        }
        throttle.forget("a");
        assertEquals(0, throttle.begin("a", 1));
        assertEquals(0, throttle.begin("b", 16 * 60_000));
        assertEquals(0, throttle.begin("b", 16 * 60_000));
    }

    @Test
    void oneRightAttemptDoesNotOpenTheDoorForManyWrongOnes() {
        for (int i = 0; i < 5; i++) {
            throttle.begin("address", i * 10_000L);
        }
        throttle.takeBack("address");
        assertTrue(throttle.begin("address", 40_001) > 0);
    }

    @Test
    void staysWithinItsBounds() {
        for (int i = 0; i < 20_000; i++) {
            throttle.begin("login-" + i, 0);
        }
        assertEquals(10_000, throttle.size());
    }
}
