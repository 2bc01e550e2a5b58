package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.archive.ArchiveMarkFile;
import io.aeron.cluster.service.ClusterMarkFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is set while the log runs, and while it does not. */
@Timeout(120)
class ClockTest {
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    @TempDir
    private Path directory;

    private final AtomicLong wallMs = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(5);
    private final LogClock clock = new LogClock(wallMs::get, nanos::get);

    @Test
    void followsTheMachinesClockForwardsAtOnce() {
        pass(10, 10);
        assertEquals(1_000_010, clock.time());
        pass(HOUR_MS, 1);
        assertEquals(1_000_010 + HOUR_MS, clock.time());
    }

    @Test
    void goesOnAtHalfSpeedWhileTheMachinesClockIsBehind() {
        pass(-HOUR_MS, 0);
        assertEquals(1_000_000, clock.time());
        pass(1_000, 1_000);
        assertEquals(1_000_500, clock.time());
        pass(2 * HOUR_MS - 1_000, 2 * HOUR_MS - 1_000);
        assertEquals(1_000_000 + HOUR_MS, clock.time(), "reached again after twice the step");
        pass(10, 10);
        assertEquals(1_000_010 + HOUR_MS, clock.time());
    }

    @Test
    void watchesOverTheEngineByAClockThatNobodySets() {
        EpochClock steady = clock.steady();
        pass(3 * 24 * HOUR_MS, 7);
        assertEquals(1_000_007, steady.time());
        pass(-HOUR_MS, 3);
        assertEquals(1_000_010, steady.time());
    }

    private void pass(long wallByMs, long reallyMs) {
        wallMs.addAndGet(wallByMs);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(reallyMs));
    }

    @Test
    void opensWithTheMarksOfACrashAnHourAheadOfTheClock() {
        useLog(100);
        mark(System.currentTimeMillis() + HOUR_MS);
        List<String> said = new ArrayList<>();
        AeronLog<Long> log = AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {
            @Override
            public void onProgress(String message) {
                said.add(message);
            }
        });
        assertEquals(100, log.position().entry());
        assertTrue(said.get(0).contains("behind the log's marks"), said.toString());
        log.close();
    }

    @Test
    void refusesTheDirectoryWhileSomebodyMovesItsMarks() {
        useLog(1);
        long ahead = System.currentTimeMillis() + HOUR_MS;
        AtomicLong beats = new AtomicLong();
        mark(ahead);
        // two threads, and often: they are watched for some seconds only, in which one may be held up
        ScheduledExecutorService owner = Executors.newScheduledThreadPool(2);
        try {
            for (int thread = 0; thread < 2; thread++) {
                owner.scheduleWithFixedDelay(
                        () -> mark(ahead + beats.incrementAndGet()), 10, 10, TimeUnit.MILLISECONDS);
            }
            LogUnavailableException refused = assertThrows(
                    LogUnavailableException.class,
                    () -> AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {}));
            assertTrue(refused.getMessage().contains("another process"), refused.getMessage());
        } finally {
            owner.shutdownNow();
        }
    }

    private void useLog(int commands) {
        AeronLog<Long> log = AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {});
        for (long id = 1; id <= commands; id++) {
            log.submit(TinyMachine.command(id), 0, Long.BYTES).join();
        }
        log.close();
    }

    private void mark(long timeMs) {
        try (ArchiveMarkFile archive = new ArchiveMarkFile(
                Node.archiveDirectory(directory).toFile(), ArchiveMarkFile.FILENAME, () -> 0, 0, m -> {})) {
            archive.updateActivityTimestamp(timeMs);
        }
        for (String name : CrashWait.CLUSTER_MARKS) {
            try (ClusterMarkFile cluster =
                    new ClusterMarkFile(Node.clusterDirectory(directory).toFile(), name, () -> 0, 0, m -> {})) {
                cluster.updateActivityTimestamp(timeMs);
            }
        }
    }
}
