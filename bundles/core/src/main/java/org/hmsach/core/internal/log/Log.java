package org.hmsach.core.internal.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.hmsach.core.internal.entry.StateMachine;

/**
 * One order of commands, applied to one state machine. Everything that completes here completes on the machine thread:
 * attach work with the {@code …Async} methods or just wait for the result.
 *
 * @param <A> the machine's answer to one command
 */
public interface Log<A> extends AutoCloseable {

    /** The longest command, in bytes. */
    int MAX_COMMAND_BYTES = 64 * 1024;

    /**
     * Appends a command. The future completes when the command is committed, fsynced and applied; it fails with
     * {@link LogUnavailableException} otherwise. The bytes are copied before the call returns.
     */
    CompletableFuture<Applied<A>> submit(DirectBuffer command, int offset, int length);

    /** Runs {@code question} on the machine thread, between two entries. Works as long as the log is open or broken. */
    <T> CompletableFuture<T> query(Supplier<T> question);

    /**
     * Takes a snapshot; done when it is durable. Refused with {@link LogUnavailableException} once the machine
     * stopped.
     */
    CompletableFuture<Void> snapshot();

    /**
     * Applies the log from its first entry up to {@code toEntry} to another machine, on the caller's thread.
     *
     * @param second a machine without state
     * @return the chain hash of the events it emitted
     */
    String replayInto(StateMachine<A> second, long toEntry);

    /**
     * Copies the log while it goes on: a snapshot taken now, and log and tape from their beginning up to one moment.
     * Works on the caller's thread; all is forced to disk when it returns. A log can be started in the copy.
     *
     * @param directory empty, or not there
     * @param question  asked between two entries, at the moment where the copy ends
     * @return the answer
     * @throws IOException when the copy cannot be written; what there is of it is of no use
     */
    <T> T copyTo(Path directory, Function<Moment, T> question, CopyListener listener) throws IOException;

    /** Told how a copy gets on. */
    interface CopyListener {
        /** Called after each piece. @param total how many bytes it will be */
        void onBytes(long done, long total);
    }

    /** As {@link #query}, for questions that must know at which moment they are answered. */
    <T> CompletableFuture<T> queryAt(Function<Moment, T> question);

    /** What the machine said so far, in order. */
    Tape tape();

    /** Where the log stands. */
    Position position();

    /** Whether commands are taken, and if not, why. */
    Condition condition();

    /** Takes a last snapshot when something was applied since the one before, and stops. */
    @Override
    void close();
}
