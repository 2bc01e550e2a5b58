package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.core.internal.disk.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LogCopyTest {
    @TempDir
    private Path folder;

    private record Live(Moment moment, long count, long stateHash) {}

    @Test
    void endsAtOneMomentWhileCommandsGoOnAndIsALogOfItsOwn() throws Exception {
        Path copy = folder.resolve("copy");
        TinyMachine machine = new TinyMachine();
        Live live;
        try (AeronLog<Long> log = start(folder.resolve("live"), machine)) {
            submit(log, 1, 2_000);
            log.snapshot().get(30, TimeUnit.SECONDS);
            AtomicLong next = new AtomicLong(2_001);
            AtomicLong bytes = new AtomicLong();
            AtomicLong chosen = new AtomicLong();
            CompletableFuture<Live> made = CompletableFuture.supplyAsync(() -> {
                try {
                    return log.copyTo(
                            copy,
                            moment -> {
                                chosen.set(moment.entry());
                                return new Live(moment, machine.count(), machine.stateHash());
                            },
                            (done, all) -> {
                                awaitPast(log, chosen.get());
                                bytes.set(all - done);
                            });
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            while (!made.isDone()) {
                submit(log, next.get(), next.addAndGet(100) - 1);
            }
            live = made.get(30, TimeUnit.SECONDS);
            assertEquals(0, bytes.get(), "told to the end");
            long total = log.position().entry();
            assertTrue(total > live.moment().entry(), "commands were taken meanwhile: " + total);
        }
        check(copy, live);
        TinyMachine second = new TinyMachine();
        try (AeronLog<Long> log = start(copy, second)) {
            assertEquals(live.moment().entry(), log.position().entry());
            assertTrue(log.position().snapshotEntry() >= 2_000, "began with the snapshot of the copy");
            assertEquals(live.stateHash(), log.query(second::stateHash).get(30, TimeUnit.SECONDS));
            assertEquals(
                    live.moment().chainHash(), log.queryAt(Moment::chainHash).get(30, TimeUnit.SECONDS));
            submit(log, 1_000_001, 1_000_050);
            assertEquals(live.moment().entry() + 50, log.position().entry(), "entries go on");
            assertEquals(live.moment().event() + 55, log.tape().last(), "and so do events");
        }
        try (AeronLog<Long> log = start(copy, new TinyMachine())) {
            assertEquals(live.moment().entry() + 50, log.position().entry(), "also after another start");
        }
    }

    @Test
    void doesNotWriteIntoAFolderThatHoldsSomething() throws Exception {
        Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
        try (AeronLog<Long> log = start(folder.resolve("live"), new TinyMachine())) {
            submit(log, 1, 10);
            IOException refused =
                    assertThrows(IOException.class, () -> log.copyTo(taken, Moment::entry, (done, all) -> {}));
            assertTrue(refused.getMessage().contains("is not empty"), refused.getMessage());
        }
    }

    @Test
    void leavesSpaceOnTheDisk() throws Exception {
        LogSettings settings = LogSettings.in(folder.resolve("live"));
        try (AeronLog<Long> log = start(settings.directory(), new TinyMachine())) {
            submit(log, 1, 10);
            LogCopy copy = LogCopy.begin(withSnapshot(log, settings), folder.resolve("copy"), Long.MAX_VALUE / 2);
            IOException refused = assertThrows(
                    IOException.class, () -> copy.finish(new LogCopy.End(1_024, 1_024), (done, all) -> {}));
            assertTrue(refused.getMessage().contains("free"), refused.getMessage());
        }
    }

    private static void awaitPast(AeronLog<Long> log, long entry) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (log.position().entry() <= entry) {
            assertTrue(System.nanoTime() < deadline, "no command was taken after entry " + entry);
            Thread.onSpinWait();
        }
    }

    private static Path withSnapshot(AeronLog<Long> log, LogSettings settings) throws Exception {
        log.snapshot().get(30, TimeUnit.SECONDS);
        return settings.directory();
    }

    private static void check(Path copy, Live live) throws IOException {
        List<Problem> problems = new ArrayList<>();
        LogFiles files = LogFiles.read(copy, problems::add);
        LogCheck.Result<TinyMachine> result = LogCheck.run(
                files,
                new LogCheck.Kind<>(TinyMachine::new, machine -> Long.toString(machine.stateHash())),
                new LogCheck.Listener() {
                    @Override
                    public void onProblem(Problem problem) {
                        problems.add(problem);
                    }

                    @Override
                    public void onNote(Problem note) {
                        problems.add(note);
                    }
                });
        assertEquals(List.of(), problems);
        assertEquals(live.moment().entry(), result.entries());
        assertEquals(live.moment().event(), result.tapeEvents());
        assertEquals(live.moment().chainHash(), result.chainHash());
        assertEquals(live.stateHash(), result.machine().stateHash());
        assertEquals(1, result.snapshots(), "the newest alone");
    }

    private static AeronLog<Long> start(Path directory, TinyMachine machine) {
        return AeronLog.start(LogSettings.in(directory), machine, new AeronLog.Listener() {});
    }

    private static void submit(AeronLog<Long> log, long from, long to) throws Exception {
        List<CompletableFuture<Applied<Long>>> answers = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            answers.add(log.submit(TinyMachine.command(i), 0, Long.BYTES));
        }
        for (CompletableFuture<Applied<Long>> answer : answers) {
            answer.get(30, TimeUnit.SECONDS);
        }
    }
}
