package org.hmsach.mfe.books.internal;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.refusal.UnavailableException;

/** Waits for the core's answers within a bound. */
final class Answers {
    private static final long WAIT_SECONDS = 10;

    private Answers() {}

    /** @throws UnavailableException when the core does not answer in time or is away; resend with the same cause */
    static Outcome await(CompletionStage<Outcome> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw UnavailableException.core("CORE_SLOW", "the core did not answer within " + WAIT_SECONDS + " s", 1);
        }
    }
}
