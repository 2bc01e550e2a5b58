package org.hmsach.core.internal.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.codec.EventPlace;
import org.hmsach.core.internal.disk.Problem;
import org.hmsach.core.internal.log.LogCheck;
import org.hmsach.core.internal.log.LogFiles;
import org.hmsach.core.internal.log.StoppedTape;
import org.hmsach.core.internal.log.TapeEvent;
import org.hmsach.core.internal.machine.Machine;

/** Checks a stopped core's directory from end to end. */
public final class CoreCheck implements LogCheck.Listener {
    private static final int MOST_PROBLEMS = 100;
    private final Consumer<String> progress;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final List<Problem> notes = new ArrayList<>();
    private final TapeAudit audit = new TapeAudit(this::onProblem);
    private final EventCodec codec = new EventCodec();
    private final Consumer<org.hmsach.api.tape.TapeEvent> events;

    private CoreCheck(Consumer<String> progress, Consumer<org.hmsach.api.tape.TapeEvent> events) {
        this.progress = progress;
        this.events = events;
    }

    /**
     * Reads everything; changes nothing. No process may use the directory.
     *
     * @param progress told what takes long
     */
    public static CoreReport run(Path directory, Consumer<String> progress) throws IOException {
        return run(directory, progress, event -> {});
    }

    /**
     * As the other; and tells every event that the log makes.
     *
     * @param events told each event once, in order
     */
    public static CoreReport run(
            Path directory, Consumer<String> progress, Consumer<org.hmsach.api.tape.TapeEvent> events)
            throws IOException {
        return new CoreCheck(progress, events).check(directory);
    }

    private CoreReport check(Path directory) throws IOException {
        if (!LogFiles.exist(directory)) {
            onNote(new Problem(directory.getFileName().toString(), Problem.WHOLE, "no log was ever begun here"));
            return nothing();
        }
        LogFiles files = LogFiles.read(directory, this::onProblem);
        if (files.log().isEmpty() || files.tape().isEmpty()) {
            if (files.recordings().isEmpty()) {
                onNote(new Problem("archive", Problem.WHOLE, "nothing was ever recorded"));
            } else if (files.log().isEmpty() && hasNoEvent(files)) {
                onNote(new Problem("archive", Problem.WHOLE, "the first start was cut off before it began a log"));
            } else {
                onProblem(new Problem("archive", Problem.WHOLE, "the catalog does not show both a log and a tape"));
            }
            return nothing();
        }
        LogCheck.Result<Machine> result =
                LogCheck.run(files, new LogCheck.Kind<>(Machine::new, Machine::stateSha256), this);
        Machine machine = result.machine();
        machine.accounts().forEach(audit::compare);
        for (CoreControl.AssetSum sum : machine.sums()) {
            if (sum.sum() != 0) {
                onProblem(new Problem("log", Problem.WHOLE, "the ledger is " + sum.sum() + " off in " + sum.asset()));
            }
        }
        return new CoreReport(
                List.copyOf(problems),
                List.copyOf(notes),
                Long.toHexString(machine.clusterId()),
                result.entries(),
                result.tapeEvents(),
                result.events(),
                machine.stateSha256(),
                result.chainHash(),
                result.snapshots(),
                audit.acceptedOrders(),
                audit.uncheckedOrders(),
                audit.sums());
    }

    /** The tape is made before the log, and an entry is applied only when the log is on record. */
    private boolean hasNoEvent(LogFiles files) throws IOException {
        if (files.tape().isEmpty()) {
            return true;
        }
        try (StoppedTape tape = new StoppedTape(files.tape().get(), this::onProblem)) {
            return tape.next().isEmpty() && tape.damage().isEmpty();
        }
    }

    private CoreReport nothing() {
        return new CoreReport(List.copyOf(problems), List.copyOf(notes), "0", 0, 0, 0, "", "", 0, 0, 0, Map.of());
    }

    @Override
    public void onProblem(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    @Override
    public void onNote(Problem note) {
        notes.add(note);
    }

    @Override
    public void onProgress(String message) {
        progress.accept(message);
    }

    @Override
    public void onEvent(TapeEvent event) {
        EventPlace place = new EventPlace(event.number(), event.entry(), event.index(), event.timeMs());
        DirectBuffer payload = event.payload();
        org.hmsach.api.tape.TapeEvent decoded = codec.decode(payload, 0, payload.capacity(), place);
        decoded.deliver(audit);
        events.accept(decoded);
    }
}
