package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads send, one asks, and the log closes in the middle of it: queue, window, engine and answers together.
 * Agrona's queues cannot be checked interleaving by interleaving, so chance decides, by seed.
 */
@Timeout(120)
class ClosingRaceTest {
    private static final int SENDERS = 6;
    private static final int EACH = 600;

    @TempDir
    private Path directory;

    private final CyclicBarrier together = new CyclicBarrier(SENDERS + 2);

    private AeronLog<Long> start(TinyMachine machine) {
        return AeronLog.start(LogSettings.in(directory), machine, new AeronLog.Listener() {});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasAnsweredStandsOnceAndWhatWasRefusedNowhere(long seed) throws Exception {
        Random random = new Random(seed);
        AeronLog<Long> log = start(new TinyMachine());
        List<CompletableFuture<Map<Long, CompletableFuture<Applied<Long>>>>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            long firstId = 1 + (long) i * EACH;
            Random own = new Random(random.nextLong());
            senders.add(CompletableFuture.supplyAsync(() -> send(log, firstId, own), task -> new Thread(task).start()));
        }
        CompletableFuture<List<CompletableFuture<Position>>> asker =
                CompletableFuture.supplyAsync(() -> ask(log), task -> new Thread(task).start());
        together.await();
        idle(random.nextInt(4_000_000));
        log.closeWithoutSnapshot();

        Map<Long, CompletableFuture<Applied<Long>>> answers = new TreeMap<>();
        for (var sender : senders) {
            answers.putAll(sender.get());
        }
        for (CompletableFuture<Position> answer : asker.get()) {
            assertTrue(answer.isDone(), "a question without an answer");
        }
        assertEquals(SENDERS * EACH, answers.size());
        TinyMachine machine = new TinyMachine();
        AeronLog<Long> again = start(machine);
        again.query(() -> judge(answers, machine)).get(30, TimeUnit.SECONDS);
        again.closeWithoutSnapshot();
    }

    private static int judge(Map<Long, CompletableFuture<Applied<Long>>> answers, TinyMachine machine) {
        assertEquals(0, machine.doubled(), "applied twice");
        answers.forEach((id, answer) -> {
            assertTrue(answer.isDone(), "no answer to " + id);
            try {
                assertEquals(id, answer.join().answer());
                assertTrue(machine.hasSeen(id), id + " was answered and is gone");
            } catch (CompletionException e) {
                LogUnavailableException why = (LogUnavailableException) e.getCause();
                assertFalse(!why.maybeApplied() && machine.hasSeen(id), id + " was refused and stands: " + why);
            }
        });
        return answers.size();
    }

    private Map<Long, CompletableFuture<Applied<Long>>> send(AeronLog<Long> log, long firstId, Random random) {
        meet();
        Map<Long, CompletableFuture<Applied<Long>>> sent = new TreeMap<>();
        for (long id = firstId; id < firstId + EACH; id++) {
            sent.put(id, log.submit(TinyMachine.command(id), 0, Long.BYTES));
            idle(random.nextInt(2_000));
        }
        return sent;
    }

    private List<CompletableFuture<Position>> ask(AeronLog<Long> log) {
        meet();
        List<CompletableFuture<Position>> asked = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            asked.add(log.query(log::position));
            idle(500);
        }
        return asked;
    }

    private void meet() {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void idle(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }
}
