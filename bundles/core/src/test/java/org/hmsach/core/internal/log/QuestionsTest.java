package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Whoever asks is answered, also when the log closes meanwhile. */
class QuestionsTest {
    private static final int ROUNDS = 400;
    private static final int ASKERS = 3;
    private static final int EACH = 60;

    @Test
    void everyQuestionIsAnsweredWhileTheLogCloses() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertEquals(0, unanswered(), "questions without an answer in round " + round);
        }
    }

    /** Some ask as fast as they can, the log closes in the middle of it. */
    private static long unanswered() throws Exception {
        Questions questions = new Questions();
        CyclicBarrier together = new CyclicBarrier(ASKERS + 1);
        List<CompletableFuture<List<CompletableFuture<Integer>>>> askers = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            askers.add(CompletableFuture.supplyAsync(() -> ask(questions, together), task -> new Thread(task).start()));
        }
        together.await();
        questions.answerWaiting();
        questions.close();
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        for (CompletableFuture<List<CompletableFuture<Integer>>> asker : askers) {
            asked.addAll(asker.get());
        }
        // the last asker may answer for the others, so none is looked at before all are back
        return asked.stream().filter(f -> !f.isDone()).count();
    }

    private static List<CompletableFuture<Integer>> ask(Questions questions, CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            asked.add(questions.ask(() -> 1));
        }
        return asked;
    }
}
