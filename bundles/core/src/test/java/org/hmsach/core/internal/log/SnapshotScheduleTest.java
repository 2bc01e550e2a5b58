package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SnapshotScheduleTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SnapshotSchedule schedule = new SnapshotSchedule(1_000, Duration.ofMinutes(10), 0);

    @Test
    void waitsForASecondWithoutCommands() {
        assertFalse(schedule.isDue(999, 0, 0));
        assertFalse(schedule.isDue(1_000, 0, SECOND), "a command has just come");
        assertFalse(schedule.isDue(1_001, 0, 2 * SECOND), "another one");
        assertFalse(schedule.isDue(1_001, 0, 3 * SECOND - 1));
        assertTrue(schedule.isDue(1_001, 0, 3 * SECOND));
        assertFalse(schedule.isDue(1_001, 1_001, 4 * SECOND), "it was taken");
    }

    @Test
    void waitsNoLongerThanFourTimesTheEntries() {
        for (long entry = 1; entry < 4_000; entry++) {
            assertFalse(schedule.isDue(entry, 0, entry));
        }
        assertTrue(schedule.isDue(4_000, 0, 4_000));
    }

    @Test
    void waitsNoLongerThanFourTimesTheTime() {
        for (long second = 1; second <= 2_400; second++) {
            assertFalse(schedule.isDue(second, 0, second * SECOND), "a command a second");
        }
        assertTrue(schedule.isDue(2_401, 0, 2_401 * SECOND), "though a command has just come");
        schedule.tried(2_401 * SECOND);
        assertFalse(schedule.isDue(2_402, 0, 2_402 * SECOND), "it was tried");
    }

    @Test
    void takesNoneWithoutAnythingNewOrWhereNoneIsWanted() {
        assertFalse(schedule.isDue(5, 5, 3_600 * SECOND));
        SnapshotSchedule never = new SnapshotSchedule(0, Duration.ZERO, 0);
        assertFalse(never.isDue(1_000_000, 0, 0));
        assertFalse(never.isDue(1_000_000, 0, 86_400 * SECOND));
    }
}
