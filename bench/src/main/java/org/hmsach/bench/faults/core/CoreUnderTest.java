package org.hmsach.bench.faults.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Origin;
import org.hmsach.api.refusal.Reason;
import org.hmsach.bench.faults.campaign.InstrumentFailed;

/** One core's folder and, one after the other, the processes that run it; with the journal of all their clients. */
final class CoreUnderTest implements AutoCloseable {
    static final long FLOOR_BYTES = 256L << 20;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A machine that stands still for its disk or for strace is not the core's silence. */
    private static final Duration AT_LAST = Duration.ofSeconds(120);

    private static final long PAUSE_MS = 20;
    private final Path ground;
    private final Path directory;
    private final long floorBytes;
    private final Journal journal;
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final Object changed = new Object();
    private volatile Optional<CoreProcess> process = Optional.empty();
    private volatile boolean closed;

    /** In a new folder under {@code ground}. */
    CoreUnderTest(Path ground, long floorBytes) throws IOException {
        this(ground, ground.resolve("core"), floorBytes);
    }

    /** In a folder elsewhere; what is kept outside of it, journal and the process's words, is in {@code ground}. */
    CoreUnderTest(Path ground, Path directory, long floorBytes) throws IOException {
        this.ground = ground;
        this.directory = directory;
        this.floorBytes = floorBytes;
        Files.createDirectories(directory);
        this.journal = new Journal(ground.resolve("acknowledged.txt"));
    }

    Path directory() {
        return directory;
    }

    Journal journal() {
        return journal;
    }

    /** Starts the next process; the one before has ended. */
    CoreProcess start(List<String> wrapper) throws IOException {
        CoreProcess next = new CoreProcess(directory, ground.resolve("core.err"), floorBytes, wrapper);
        process = Optional.of(next);
        return next;
    }

    /**
     * Sends until there is an answer, to the next process when this one dies, always the same request: what a careful
     * client does.
     */
    Answer send(Command command, Origin origin) throws InterruptedException {
        while (true) {
            if (closed) {
                throw new Gone("the trial is over");
            }
            Optional<CoreProcess> running = process.filter(p -> p.isReady() && !p.isGone());
            if (running.isPresent()) {
                Optional<Answer> answer = trySend(running.get(), command, origin);
                if (answer.isPresent()) {
                    journal.add(origin.requestId(), answer.get());
                    return answer.get();
                }
            }
            synchronized (changed) {
                changed.wait(PAUSE_MS);
            }
        }
    }

    private Optional<Answer> trySend(CoreProcess running, Command command, Origin origin) throws InterruptedException {
        CompletableFuture<Answer> answer = running.submit(command, origin);
        try {
            return Optional.of(await(running, answer));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Gone gone) {
                refusals.merge(gone.code(), 1, Integer::sum);
                return Optional.empty();
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            List<String> held = running.heldByTracer();
            if (!held.isEmpty()) {
                throw new InstrumentFailed("strace does not let go of " + held);
            }
            throw new IllegalStateException(
                    "no answer, not even a refusal, within " + ANSWER.plus(AT_LAST) + "; see " + stacks(), e);
        }
    }

    /** Writes down what the core does when it is late, so that a cause can be found. */
    private Answer await(CoreProcess running, CompletableFuture<Answer> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            running.writeStacks(stacks());
            return answer.get(AT_LAST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Path stacks() {
        return ground.resolve("stacks.txt");
    }

    /** As {@link #send}; whatever the answer is, it must be done now, by this or by an earlier try. */
    Answer done(Command command, Origin origin) throws InterruptedException {
        Answer answer = send(command, origin);
        if (answer.refusal().isPresent() && answer.refusal().get() != Reason.ALREADY_DONE) {
            throw new IllegalStateException(origin.requestId() + ": " + command + " was refused: " + answer);
        }
        return answer;
    }

    /** Has a snapshot taken and waits for it, unless the process dies of it. */
    void snapshot() throws InterruptedException {
        if (process.isPresent() && process.get().isReady()) {
            process.get().snapshot();
            process.get().awaitSaid("say snapshot", ANSWER);
        }
    }

    /** How often commands were not taken for this reason. */
    int refusals(String code) {
        return refusals.getOrDefault(code, 0);
    }

    /** Ends the sending. */
    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        synchronized (changed) {
            changed.notifyAll();
        }
        if (process.isPresent()) {
            process.get().kill();
        }
        journal.close();
    }
}
