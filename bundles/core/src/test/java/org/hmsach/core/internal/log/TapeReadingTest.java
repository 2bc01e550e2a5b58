package org.hmsach.core.internal.log;

import static org.hmsach.core.internal.log.AeronLogTest.await;
import static org.hmsach.core.internal.log.AeronLogTest.submit;
import static org.hmsach.core.internal.log.AeronLogTest.submitAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hmsach.core.internal.log.AeronLogTest.Stopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How old events are found again while the log goes on. */
@Timeout(120)
class TapeReadingTest {
    @TempDir
    private Path directory;

    private AeronLog<Long> start() {
        return AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {});
    }

    /** Far behind what is in memory, just behind it, and in it; with marks that somebody spoiled, too. */
    @Test
    void findsTheFirstEventOfAnEntry() throws Exception {
        Map<Long, Long> firstByEntry = new TreeMap<>();
        try (Stopping log = new Stopping(start())) {
            submitAll(log.it(), 1, 30_000);
            TapeReader reader = log.it().tape().read(1);
            while (reader.next() <= log.it().tape().last()) {
                reader.poll(1_000, Duration.ofSeconds(10))
                        .forEach(event -> firstByEntry.putIfAbsent(event.entry(), event.number()));
            }
            assertFirstNumbers(firstByEntry, log.it().tape());
        }
        Path marks = directory.resolve(TapeIndex.FILE);
        ByteBuffer rows = ByteBuffer.wrap(Files.readAllBytes(marks));
        int entryOfTwelfth = (3 * 12 + 2) * Long.BYTES;
        rows.putLong(entryOfTwelfth, rows.getLong(entryOfTwelfth) - 500);
        int positionOfThird = (3 * 3 + 1) * Long.BYTES;
        rows.putLong(positionOfThird, rows.getLong(positionOfThird) + 32); // where no event begins
        Files.write(marks, rows.array());
        try (Stopping log = new Stopping(start())) {
            assertFirstNumbers(firstByEntry, log.it().tape());
            assertEquals(
                    4_100,
                    log.it()
                            .tape()
                            .read(4_100)
                            .poll(1, Duration.ofSeconds(10))
                            .get(0)
                            .number(),
                    "behind a mark that is wrong");
            assertEquals(
                    log.it().tape().last() + 1, log.it().tape().firstNumberOf(30_001), "where the next one will be");
        }
    }

    private static void assertFirstNumbers(Map<Long, Long> firstByEntry, Tape tape) {
        long last = tape.last();
        for (long entry = 1; entry <= 30_000; entry += 733) {
            assertEquals(firstByEntry.get(entry), tape.firstNumberOf(entry), "entry " + entry);
        }
        assertEquals(1, tape.firstNumberOf(0));
        assertEquals(firstByEntry.get(30_000L), tape.firstNumberOf(30_000));
        assertEquals(last, tape.last());
    }

    /** The last event that is recorded may be there in part: this machine makes some of several frames. */
    @Test
    void readsToTheEndOfWhatIsJustBeingRecorded() throws Exception {
        try (Stopping log = new Stopping(start())) {
            submitAll(log.it(), 1, 1_000);
            AtomicBoolean ended = new AtomicBoolean();
            CompletableFuture<Long> looks = CompletableFuture.supplyAsync(() -> {
                long count = 0;
                while (!ended.get()) {
                    log.it().tape().firstNumberOf(Long.MAX_VALUE);
                    count++;
                }
                return count;
            });
            submitAll(log.it(), 1_001, 40_000);
            ended.set(true);
            assertTrue(looks.get(20, TimeUnit.SECONDS) > 0);
        }
    }

    private static void readUntil(AeronLog<Long> log, AtomicBoolean ended, CountDownLatch reading) {
        while (!ended.get()) {
            try {
                reading.countDown();
                log.tape().read(1).poll(10, Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                ended.set(true);
            }
        }
    }

    /** A module's thread is interrupted when its bundle stops, wherever it is; the log is everybody's. */
    @Test
    void interruptedReadersEndNothing() throws Exception {
        try (Stopping log = new Stopping(start())) {
            submitAll(log.it(), 1, 30_000);
            for (int i = 0; i < 150; i++) {
                AtomicBoolean ended = new AtomicBoolean();
                CountDownLatch reading = new CountDownLatch(1);
                Thread reader = new Thread(() -> readUntil(log.it(), ended, reading));
                reader.start();
                assertTrue(reading.await(20, TimeUnit.SECONDS));
                reader.interrupt();
                ended.set(true);
                reader.join();
            }
            await(submit(log.it(), 30_001));
            assertEquals(
                    10, log.it().tape().read(1).poll(10, Duration.ofSeconds(1)).size());
        }
    }
}
