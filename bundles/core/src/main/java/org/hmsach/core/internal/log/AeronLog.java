package org.hmsach.core.internal.log;

import io.aeron.Aeron;
import io.aeron.archive.client.AeronArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.hmsach.core.internal.disk.DirectoryLock;
import org.hmsach.core.internal.disk.TailRepair;
import org.hmsach.core.internal.entry.StateMachine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log as one member of an Aeron Cluster inside this process. */
public final class AeronLog<A> implements Log<A> {
    private static final Logger LOG = LoggerFactory.getLogger(AeronLog.class);
    private static final long TICK_MS = 200;
    private static final long SAY_EVERY_NS = TimeUnit.SECONDS.toNanos(2);

    private final LogSettings settings;
    private final Status status;
    private final Questions questions = new Questions();
    private final DirectoryLock lock;
    private final Node node;
    private Aeron aeron;
    private RecordedTape recorded;
    private TapeWriter tape;
    private MachineService<A> service;
    private Sender<A> sender;
    private AgentRunner senderThread;
    private Snapshots snapshots;
    private LogReplay replay;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "hmsach-log-watch"));

    /** What a log tells while it lives. */
    public interface Listener {
        /** Something slow goes on at start, e.g. replay. */
        default void onProgress(String message) {}

        /** The condition changed; called on a thread of the engine. */
        default void onCondition(Condition condition) {}

        /**
         * The state stands, from a snapshot and the log behind it; called once on the machine thread, before the first
         * command is taken. Of a machine that stopped on the way it may hold half of the entry that stopped it.
         */
        default void onRestored() {}

        /**
         * A new entry was applied; called on the machine thread before the sender is answered. What throws here
         * stops the machine.
         */
        default void onApplied() {}
    }

    private AeronLog(LogSettings settings, Listener listener, DirectoryLock lock) {
        this.settings = settings;
        this.lock = lock;
        this.status = new Status(condition -> {
            if (condition.state() == Condition.State.FAILED) {
                // the machine's thread may have ended with the engine: nobody may wait for it
                questions.close();
            }
            listener.onCondition(condition);
        });
        FirstStart.clear(settings.directory());
        CrashWait.until(settings.directory(), listener::onProgress);
        repairTails(settings.directory(), listener);
        this.node = Node.launch(settings, status::failed);
    }

    /**
     * Opens the log: waits out a crash, restores the newest snapshot, replays the rest, and returns when commands
     * are taken
     * (or, with a broken machine, when queries are).
     */
    public static <A> AeronLog<A> start(LogSettings settings, StateMachine<A> machine, Listener listener) {
        AeronLog<A> log = prepare(settings, listener);
        try {
            log.open(machine, listener);
            log.awaitReplayed(listener::onProgress);
            return log;
        } catch (Exception e) {
            log.stopAll();
            throw unchecked(e);
        }
    }

    private static <A> AeronLog<A> prepare(LogSettings settings, Listener listener) {
        DirectoryLock lock = lock(settings.directory());
        try {
            return new AeronLog<>(settings, listener, lock);
        } catch (Exception e) {
            CloseHelper.quietClose(lock);
            throw unchecked(e);
        }
    }

    /** The engine throws checked exceptions that it does not declare, e.g. when a force fails while it starts. */
    private static RuntimeException unchecked(Exception e) {
        if (e instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new IllegalStateException("the log's engine does not start: " + e.getMessage(), e);
    }

    private static DirectoryLock lock(Path directory) {
        try {
            Files.createDirectories(directory);
            return DirectoryLock.take(directory)
                    .orElseThrow(
                            () -> new LogUnavailableException("another process uses the log in " + directory, false));
        } catch (IOException e) {
            throw new UncheckedIOException("log directory " + directory, e);
        }
    }

    private static void repairTails(Path directory, Listener listener) {
        try {
            TailRepair.run(Node.archiveDirectory(directory), cut -> {
                LOG.warn("{}", cut);
                listener.onProgress(cut.toString());
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the log in " + directory + " cannot be read or written", e);
        }
    }

    private void open(StateMachine<A> machine, Listener listener) {
        aeron = Aeron.connect(
                node.client().errorHandler(error -> LOG.warn("log client: {}", error.getMessage(), error)));
        // without it the sender and the tape would try for ever
        aeron.addCloseHandler(node::clientEnded);
        AeronArchive archive =
                AeronArchive.connect(node.archiveClient().aeron(aeron).ownsAeronClient(false));
        replay = new LogReplay(archive, Node.clusterDirectory(settings.directory()));
        recorded = new RecordedTape(aeron, archive, settings.directory());
        recorded.open();
        tape = new TapeWriter(recorded);
        long client = new SecureRandom().nextLong();
        InFlight<A> inFlight = new InFlight<>();
        service = new MachineService<>(
                machine,
                new MachineService.Around(tape, questions, status, listener),
                new MachineService.OwnCommands<>(client, inFlight));
        node.startService(service);
        sender = new Sender<>(
                () -> node.sessionSettings().aeron(aeron).ownsAeronClient(false),
                client,
                inFlight,
                settings.queueCapacity());
        senderThread = new AgentRunner(
                node.senderNap(), error -> LOG.error("log sender: {}", error.getMessage(), error), null, sender);
        AgentRunner.startOnThread(senderThread);
        snapshots = new Snapshots(node.consensusContext(), status, settings);
        FreeSpace freeSpace = new FreeSpace(settings.directory(), settings.freeSpaceFloorBytes(), status);
        watch.scheduleWithFixedDelay(freeSpace::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        watch.scheduleWithFixedDelay(snapshots::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private void awaitReplayed(Consumer<String> progress) {
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        long sayAt = System.nanoTime() + SAY_EVERY_NS;
        while (status.condition().state() == Condition.State.STARTING
                || (status.condition().isOpen() && !sender.isConnected())) {
            long now = System.nanoTime();
            if (now > deadline) {
                throw new IllegalStateException("the log did not open within " + settings.startTimeout());
            }
            if (now > sayAt) {
                progress.accept("Replaying the log: entry " + status.position().entry());
                sayAt = now + SAY_EVERY_NS;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        if (status.condition().state() == Condition.State.FAILED) {
            throw new IllegalStateException(
                    "the log failed to open: " + status.condition().detail());
        }
    }

    @Override
    public CompletableFuture<Applied<A>> submit(DirectBuffer command, int offset, int length) {
        if (length < 0 || length > MAX_COMMAND_BYTES) {
            throw new IllegalArgumentException("a command has at most " + MAX_COMMAND_BYTES + " bytes, not " + length);
        }
        Condition condition = status.condition();
        if (!condition.isOpen()) {
            return CompletableFuture.failedFuture(new LogUnavailableException(condition.detail(), false));
        }
        CompletableFuture<Applied<A>> answer = sender.submit(
                CommandHeader.frame(command, offset, length),
                settings.answerTimeout().toNanos());
        node.senderNap().wake();
        return answer;
    }

    @Override
    public <T> CompletableFuture<T> query(Supplier<T> question) {
        CompletableFuture<T> answer = questions.ask(question);
        node.serviceNap().wake();
        return answer;
    }

    @Override
    public CompletableFuture<Void> snapshot() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            watch.execute(() -> snapshots.take(done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new LogUnavailableException("the log is closed", false));
        }
        return done;
    }

    @Override
    public String replayInto(StateMachine<A> second, long toEntry) {
        if (toEntry > position().entry()) {
            throw new IllegalArgumentException("entry " + toEntry + " is not applied yet");
        }
        return replay.into(second, toEntry);
    }

    @Override
    public <T> CompletableFuture<T> queryAt(Function<Moment, T> question) {
        return query(() -> question.apply(moment()));
    }

    private Moment moment() {
        return new Moment(position().entry(), position().event(), tape.chainHex());
    }

    @Override
    public <T> T copyTo(Path directory, Function<Moment, T> question, CopyListener listener) throws IOException {
        snapshot().join();
        LogCopy copy = LogCopy.begin(settings.directory(), directory, settings.freeSpaceFloorBytes());
        Asked<T> asked = query(() -> {
                    tape.flush();
                    LogCopy.End end = new LogCopy.End(service.logPosition(), recorded.position());
                    return new Asked<>(question.apply(moment()), end);
                })
                .join();
        recorded.awaitForced(asked.end().tapePosition());
        copy.finish(asked.end(), listener);
        return asked.answer();
    }

    private record Asked<T>(T answer, LogCopy.End end) {}

    @Override
    public Tape tape() {
        return tape;
    }

    @Override
    public Position position() {
        return status.position();
    }

    @Override
    public Condition condition() {
        return status.condition();
    }

    @Override
    public void close() {
        if (snapshots.mayTake() && snapshots.hasFresh()) {
            snapshot()
                    .exceptionally(error -> {
                        LOG.warn("No snapshot at close, the next start replays more: {}", error.getMessage());
                        return null;
                    })
                    .join();
        }
        stopAll();
    }

    /** Stops as a crash would find it: without a snapshot. For tests and measurements of recovery. */
    public void closeWithoutSnapshot() {
        stopAll();
    }

    private void stopAll() {
        status.closed();
        watch.shutdownNow();
        CloseHelper.quietCloseAll(senderThread, node::closeService, recorded, aeron, node, lock);
        questions.close();
    }
}
