package org.hmsach.core.internal.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.log.Applied;
import org.hmsach.core.internal.log.Log;
import org.hmsach.core.internal.log.Position;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.thread.OwnThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The one door over the log. Answers are given out on threads of its own, never on the machine's. */
@Component(service = Door.class, enabled = false)
public final class DoorService implements Door {
    private static final int ANSWER_THREADS = 2;
    private static final int ENCODERS = 64;
    private final Log<Answer> log;
    private final ManyToManyConcurrentArrayQueue<Encoder> idleEncoders = new ManyToManyConcurrentArrayQueue<>(ENCODERS);
    private final ExecutorService answers;

    /** Codecs keep state, so each is used by one call at a time. */
    private static final class Encoder {
        private final CommandCodec codec = new CommandCodec();
        private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
    }

    /** A door to the running core. */
    @Activate
    public DoorService(@Reference CoreEngine engine) {
        this(engine.running().log());
    }

    DoorService(Log<Answer> log) {
        this.log = log;
        this.answers = new ThreadPoolExecutor(
                ANSWER_THREADS,
                ANSWER_THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                OwnThreads.numbered("hmsach-answers"),
                // stopped: what the closing log still answers is said on the thread that closes it
                (task, stopped) -> task.run());
    }

    @Override
    public CompletionStage<Outcome> submit(Command command, Origin origin) {
        Encoder idle = idleEncoders.poll();
        Encoder encoder = idle == null ? new Encoder() : idle;
        CompletableFuture<Applied<Answer>> applied;
        try {
            int length = encoder.codec.encode(command, origin, encoder.buffer);
            if (length > Log.MAX_COMMAND_BYTES) {
                return refused(
                        Reason.INVALID, "the command has " + length + " bytes, the limit is " + Log.MAX_COMMAND_BYTES);
            }
            applied = log.submit(encoder.buffer, 0, length);
        } catch (IllegalArgumentException e) {
            return refused(Reason.UNSUPPORTED, e.getMessage());
        } finally {
            idleEncoders.offer(encoder);
        }
        return applied.handleAsync(this::outcome, answers);
    }

    private Outcome outcome(Applied<Answer> applied, Throwable failure) {
        if (failure != null) {
            throw LogFailures.translate(failure, log.condition());
        }
        Answer answer = applied.answer();
        return new Outcome(
                applied.entry(), applied.lastEvent(), answer.subject(), answer.duplicate(), answer.refusal());
    }

    private CompletionStage<Outcome> refused(Reason reason, String detail) {
        Position position = log.position();
        Refused refusal = Refused.of(reason, "command", detail);
        return CompletableFuture.completedFuture(
                new Outcome(position.entry(), position.event(), Optional.empty(), false, Optional.of(refusal)));
    }

    /** The log is closed after its services, and answers all that waits. */
    @Deactivate
    void stop() {
        answers.shutdown();
    }
}
