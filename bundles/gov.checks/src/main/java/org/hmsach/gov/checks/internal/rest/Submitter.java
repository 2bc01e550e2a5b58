package org.hmsach.gov.checks.internal.rest;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.refusal.UnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sends a person's command through the door and waits for the answer. */
@Component(service = Submitter.class)
public final class Submitter {
    private static final long WAIT_SECONDS = 10;
    private static final String PRINTABLE = "[\\x21-\\x7e]";

    private final Door door;

    @Activate
    public Submitter(@Reference Door door) {
        this.door = door;
    }

    Outcome send(Command command, Origin origin) {
        return await(door.submit(command, origin));
    }

    Outcome await(CompletionStage<Outcome> stage) {
        Outcome outcome = answered(stage);
        outcome.refusal().ifPresent(refused -> {
            throw new ProblemException(Problem.of(refused));
        });
        return outcome;
    }

    static Origin origin(Caller caller, String requestId, String idempotencyKey) {
        if (idempotencyKey != null && !idempotencyKey.matches(PRINTABLE + "{1,128}")) {
            throw new ProblemException(Problem.field(
                    "Idempotency-Key",
                    idempotencyKey,
                    "1 to 128 printable ASCII characters",
                    "Idempotency-Key must be 1 to 128 printable ASCII characters"));
        }
        String request = requestId != null && requestId.matches(PRINTABLE + "{1,64}") ? requestId : "gov.checks";
        return new Origin(caller.id(), "gov.checks", request, Optional.ofNullable(idempotencyKey));
    }

    private static Outcome answered(CompletionStage<Outcome> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnavailableException away) {
                throw away;
            }
            throw new IllegalStateException("the door failed", failed.getCause());
        } catch (TimeoutException late) {
            throw UnavailableException.core("CORE_SLOW", "the core did not answer in " + WAIT_SECONDS + " s", 5);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw UnavailableException.core("STOPPING", "the server is stopping", 5);
        }
    }
}
