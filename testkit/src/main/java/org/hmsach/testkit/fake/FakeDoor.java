package org.hmsach.testkit.fake;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;

/** Records every command and accepts it, unless told otherwise. Thread-safe. */
public final class FakeDoor implements Door {
    /** A command with its origin. */
    public record Sent(Command command, Origin origin) {}

    private final Recording<Sent> sent = new Recording<>();
    private final AtomicLong entries = new AtomicLong(100);
    private volatile Function<Command, CompletionStage<Outcome>> answer = command -> accept();

    @Override
    public CompletionStage<Outcome> submit(Command command, Origin origin) {
        CompletionStage<Outcome> outcome = answer.apply(command);
        sent.add(new Sent(command, origin));
        return outcome;
    }

    /** Everything sent, with origins. */
    public Recording<Sent> sent() {
        return sent;
    }

    /** Commands of one kind, in order. */
    public <C extends Command> List<C> commands(Class<C> kind) {
        return sent.items().stream()
                .map(Sent::command)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Waits for the first command of the kind, within the bound of {@link Recording}. */
    public <C extends Command> C await(Class<C> kind) {
        return kind.cast(sent.await(s -> kind.isInstance(s.command()), kind.getSimpleName())
                .command());
    }

    /** From now on answers with this outcome. */
    public void answerWith(Function<Command, Outcome> outcome) {
        answer = command -> CompletableFuture.completedFuture(outcome.apply(command));
    }

    /** From now on refuses. */
    public void refuseWith(Refused refusal) {
        refuseWith(refusal, command -> true);
    }

    /** From now on refuses those commands and accepts all others. */
    public void refuseWith(Refused refusal, Predicate<Command> which) {
        answer = command -> which.test(command) ? refuse(refusal) : accept();
    }

    /** From now on the core is away. */
    public void failWith(UnavailableException why) {
        failWith(why, command -> true);
    }

    /** From now on the core is away for those commands and accepts all others. */
    public void failWith(UnavailableException why, Predicate<Command> which) {
        answer = command -> which.test(command) ? CompletableFuture.failedFuture(why) : accept();
    }

    /** From now on accepts again. */
    public void acceptAll() {
        answer = command -> accept();
    }

    private CompletionStage<Outcome> refuse(Refused refusal) {
        long entry = entries.incrementAndGet();
        return CompletableFuture.completedFuture(
                new Outcome(entry, entry, Optional.empty(), false, Optional.of(refusal)));
    }

    private CompletionStage<Outcome> accept() {
        long entry = entries.incrementAndGet();
        return CompletableFuture.completedFuture(
                new Outcome(entry, entry, Optional.of(Samples.newId()), false, Optional.empty()));
    }
}
