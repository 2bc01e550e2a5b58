package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.cluster.client.AeronCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.core.internal.disk.RecordedMessages;
import org.hmsach.core.internal.disk.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AeronLogTest {
    private static final AeronLog.Listener QUIET = new AeronLog.Listener() {};

    @TempDir
    private Path directory;

    private TinyMachine machine;

    private AeronLog<Long> start() {
        return start(LogSettings.in(directory));
    }

    private AeronLog<Long> start(LogSettings settings) {
        machine = new TinyMachine();
        return AeronLog.start(settings, machine, QUIET);
    }

    @Test
    void answersTenThousandCommandsOfManyThreadsAndReplaysThemToTheSameState() throws Exception {
        long hash;
        String chain;
        try (Stopping log = new Stopping(start())) {
            submitFromThreads(log.it, 8, 1_250);
            assertEquals(10_000, log.it.position().entry());
            assertEquals(10_000, ask(log.it, machine::count));
            hash = ask(log.it, machine::stateHash);
            chain = await(log.it.queryAt(Moment::chainHash));
            TinyMachine second = new TinyMachine();
            assertEquals(chain, log.it.replayInto(second, 10_000), "a replay beside it says the same");
            assertEquals(hash, second.stateHash());
        }
        try (Stopping log = new Stopping(start())) {
            assertEquals(10_000, log.it.position().entry(), "all replayed, no snapshot was there");
            assertEquals(0, log.it.position().snapshotEntry());
            assertEquals(hash, ask(log.it, machine::stateHash));
            assertEquals(chain, await(log.it.queryAt(Moment::chainHash)));
            assertEquals(11_000, log.it.tape().last());
        }
    }

    @Test
    void restartsFromSnapshotAndTheLogAfterIt() throws Exception {
        long hash;
        String chain;
        try (Stopping log = new Stopping(start())) {
            submitAll(log.it, 1, 500);
            await(log.it.snapshot());
            assertEquals(500, log.it.position().snapshotEntry());
            submitAll(log.it, 501, 700);
            hash = ask(log.it, machine::stateHash);
            chain = await(log.it.queryAt(Moment::chainHash));
        }
        try (Stopping log = new Stopping(start())) {
            assertEquals(500, log.it.position().snapshotEntry(), "began with the snapshot");
            assertEquals(700, log.it.position().entry());
            assertEquals(hash, ask(log.it, machine::stateHash));
            submitAll(log.it, 701, 720);
            assertEquals(720, ask(log.it, machine::count));
            assertEquals(0, ask(log.it, machine::doubled));
            chain = await(log.it.queryAt(Moment::chainHash));
        }
        AeronLog<Long> log = start();
        assertEquals(chain, await(log.queryAt(Moment::chainHash)));
        log.close();
        log = start();
        assertEquals(720, log.position().snapshotEntry(), "a clean stop leaves a snapshot");
        assertEquals(720, log.position().entry());
        log.close();
    }

    @Test
    void takesSnapshotsBySchedule() throws Exception {
        AeronLog<Long> log = start(LogSettings.in(directory).withSnapshotEveryEntries(100));
        submitAll(log, 1, 150);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (log.position().snapshotEntry() < 100) {
            assertTrue(System.nanoTime() < deadline, "no snapshot came");
            Thread.onSpinWait();
        }
        log.close();
    }

    @Test
    void readersSeeEachEventOnceFromAnyNumberAndAcrossRestarts() throws Exception {
        List<String> chains;
        try (Stopping log = new Stopping(start())) {
            TapeReader live = log.it.tape().read(1);
            submitAll(log.it, 1, 30_000);
            assertTrue(log.it.tape().awaitPast(33_000, Duration.ofSeconds(60)));
            chains = chains(live, 33_000);
            assertEquals(33_000, chains.size());
            assertEquals(chains.subList(14_999, 33_000), chains(log.it.tape().read(15_000), 18_001));
            assertEquals(List.of(), log.it.tape().read(33_001).poll(10, Duration.ofMillis(20)));
        }
        Files.delete(directory.resolve(TapeIndex.FILE));
        try (Stopping log = new Stopping(start())) {
            assertEquals(
                    33_000 / TapeIndex.EVERY + 1,
                    Files.size(directory.resolve(TapeIndex.FILE)) / (3 * Long.BYTES),
                    "marked anew, so that readers need not begin at the beginning");
            TapeReader reader = log.it.tape().read(1);
            assertEquals(chains, chains(reader, 33_000));
            submitAll(log.it, 30_001, 30_010);
            assertEquals(11, chains(reader, 11).size());
            assertEquals(33_012, reader.next());
            assertEquals(chains.subList(4_999, 33_000), chains(log.it.tape().read(5_000), 28_001));
        }
    }

    @Test
    void writesEachCommandToTheLogOnce() throws Exception {
        try (Stopping log = new Stopping(start())) {
            submitAll(log.it, 1, 1_000);
        }
        Recording recording = LogFiles.read(directory, problem -> {}).log().orElseThrow();
        int commands = 0;
        try (RecordedMessages messages = new RecordedMessages(recording, recording.start())) {
            while (messages.next()) {
                int headerBytes = AeronCluster.SESSION_HEADER_LENGTH;
                boolean command = messages.length() > headerBytes
                        && CommandHeader.isCommand(
                                messages.buffer(), messages.offset() + headerBytes, messages.length() - headerBytes);
                commands += command ? 1 : 0;
            }
        }
        assertEquals(1_000, commands, "what is sent once stands there once");
    }

    @Test
    void goesOnAnsweringQuestionsWhenTheMachineBreaks() throws Exception {
        try (Stopping log = new Stopping(start())) {
            submitAll(log.it, 1, 10);
            LogUnavailableException broke = assertUnavailable(submit(log.it, TinyMachine.BREAK));
            assertTrue(broke.maybeApplied());
            LogUnavailableException refused = assertUnavailable(submit(log.it, 11));
            assertFalse(refused.maybeApplied());
            assertEquals(Condition.State.BROKEN, log.it.condition().state());
            assertEquals(10, ask(log.it, machine::count));
            assertUnavailable(log.it.snapshot());
            assertEquals(11, log.it.tape().last(), "the broken entry left nothing on the tape");
        }
        try (Stopping log = new Stopping(start())) {
            assertEquals(Condition.State.BROKEN, log.it.condition().state(), "replay breaks at the same entry");
            assertEquals(10, ask(log.it, machine::count));
        }
    }

    @Test
    void refusesCommandsBelowTheFreeSpaceFloor() throws Exception {
        try (Stopping log = new Stopping(start(LogSettings.in(directory).withFreeSpaceFloor(Long.MAX_VALUE)))) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (log.it.condition().isOpen()) {
                assertTrue(System.nanoTime() < deadline, "the floor was not noticed");
                Thread.onSpinWait();
            }
            assertFalse(assertUnavailable(submit(log.it, 1)).maybeApplied());
            assertEquals(0, ask(log.it, machine::count));
        }
    }

    @Test
    void boundsTheWaitForAnAnswerAndAppliesWhatItSentAgainOnce() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        machine = new TinyMachine(hold);
        // longer than the three seconds after which the sender notices that nothing moves and sends all of them again
        LogSettings settings = LogSettings.in(directory).withAnswerTimeout(Duration.ofSeconds(5));
        try (Stopping log = new Stopping(AeronLog.start(settings, machine, QUIET))) {
            List<CompletableFuture<Applied<Long>>> waiting = new ArrayList<>();
            for (long id = 1; id <= 20; id++) {
                waiting.add(submit(log.it, id));
            }
            for (CompletableFuture<Applied<Long>> answer : waiting) {
                assertTrue(assertUnavailable(answer).maybeApplied(), "it may still be applied");
            }
            hold.countDown();
            assertTrue(log.it.tape().awaitPast(22, Duration.ofSeconds(60)));
            assertEquals(21L, await(submit(log.it, 21)).answer());
            assertEquals(21, ask(log.it, machine::count));
            assertEquals(0, ask(log.it, machine::doubled));
            assertEquals(21, log.it.position().entry());
        }
    }

    @Test
    void failsWhatWaitsWhenItCloses() throws Exception {
        AeronLog<Long> log = start();
        submitAll(log, 1, 5);
        log.close();
        assertUnavailable(submit(log, 6));
        assertUnavailable(log.query(() -> 1));
        assertUnavailable(log.snapshot());
    }

    /** Its own, and that of the machine's container; whatever ends them, here an interrupt of their own threads. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void failsWhenAClientOfTheDriverEndsAndLosesNothing(int client) throws Exception {
        CompletableFuture<String> failed = new CompletableFuture<>();
        machine = new TinyMachine();
        AeronLog.Listener listener = new AeronLog.Listener() {
            @Override
            public void onCondition(Condition condition) {
                if (condition.state() == Condition.State.FAILED) {
                    failed.complete(condition.detail());
                }
            }
        };
        try (Stopping log = new Stopping(AeronLog.start(LogSettings.in(directory), machine, listener))) {
            submitAll(log.it, 1, 100);
            List<Thread> clients = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("aeron-client"))
                    .sorted(Comparator.comparing(Thread::getId))
                    .toList();
            assertEquals(2, clients.size(), "the other parts work their clients themselves");
            clients.get(client).interrupt();
            String why = await(failed);
            ExecutionException refused = assertThrows(ExecutionException.class, () -> await(submit(log.it, 101)));
            assertTrue(refused.getMessage().contains(why), refused.getMessage());
        }
        try (Stopping log = new Stopping(start())) {
            assertEquals(100, log.it.position().entry());
            submitAll(log.it, 101, 110);
            assertEquals(110, ask(log.it, machine::count));
            assertEquals(0, ask(log.it, machine::doubled));
        }
    }

    @Test
    void refusesTooLongCommands() {
        try (Stopping log = new Stopping(start())) {
            UnsafeBuffer command = new UnsafeBuffer(new byte[Log.MAX_COMMAND_BYTES + 1]);
            assertThrows(IllegalArgumentException.class, () -> log.it.submit(command, 0, command.capacity()));
        }
    }

    /** Ends a log without a snapshot, so that the next start has something to replay. */
    record Stopping(AeronLog<Long> it) implements AutoCloseable {
        @Override
        public void close() {
            it.closeWithoutSnapshot();
        }
    }

    static CompletableFuture<Applied<Long>> submit(AeronLog<Long> log, long id) {
        return log.submit(TinyMachine.command(id), 0, Long.BYTES);
    }

    static void submitAll(AeronLog<Long> log, long from, long to) throws Exception {
        List<CompletableFuture<Applied<Long>>> answers = new ArrayList<>();
        for (long id = from; id <= to; id++) {
            if (answers.size() >= 8_000) {
                expectAnswers(answers);
            }
            answers.add(submit(log, id));
        }
        expectAnswers(answers);
    }

    private static void expectAnswers(List<CompletableFuture<Applied<Long>>> answers) throws Exception {
        long entry = 0;
        for (CompletableFuture<Applied<Long>> answer : answers) {
            Applied<Long> applied = await(answer);
            assertTrue(applied.entry() > entry, "entries come in the order of one caller");
            entry = applied.entry();
        }
        answers.clear();
    }

    private static void submitFromThreads(AeronLog<Long> log, int threads, int each) throws Exception {
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            long from = 1 + (long) t * each;
            callers.add(CompletableFuture.runAsync(() -> {
                try {
                    submitAll(log, from, from + each - 1);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<Void> caller : callers) {
            await(caller);
        }
    }

    private static List<String> chains(TapeReader reader, int count) throws InterruptedException {
        List<String> chains = new ArrayList<>();
        long number = reader.next();
        while (chains.size() < count) {
            List<TapeEvent> events = reader.poll(count - chains.size(), Duration.ofSeconds(30));
            assertFalse(events.isEmpty(), "the tape ended at " + reader.next());
            for (TapeEvent event : events) {
                assertEquals(number++, event.number());
                chains.add(event.chain());
            }
        }
        return chains;
    }

    private static <T> T ask(AeronLog<Long> log, java.util.function.Supplier<T> question) throws Exception {
        return await(log.query(question));
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static LogUnavailableException assertUnavailable(CompletableFuture<?> future) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> future.get(60, TimeUnit.SECONDS));
        return assertInstanceOf(LogUnavailableException.class, failure.getCause());
    }
}
