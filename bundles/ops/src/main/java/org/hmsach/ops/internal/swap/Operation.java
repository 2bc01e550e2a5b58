package org.hmsach.ops.internal.swap;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One replacement of a module: what was asked, how far it is, what was measured. Thread-safe. */
public final class Operation {
    /** Why somebody goes back; set once. */
    private static final String NOBODY = "";

    /** Kind of an operation that takes a module out for good. */
    private static final String REMOVE = "remove";

    /**
     * What was asked for.
     *
     * @param kind    {@code update}, {@code rollback}, {@code promote} or {@code remove}
     * @param who     login or surface that asked
     * @param why     reason that was given; may be empty
     * @param watchMs probation, milliseconds
     */
    public record Request(String kind, String who, String why, long watchMs) {}

    /**
     * One step.
     *
     * @param phase  phase that began
     * @param atMs   when, milliseconds since 1970 UTC
     * @param detail what there is to say
     */
    public record Step(Phase phase, long atMs, String detail) {}

    /**
     * The operation as it stands; what the audit record holds and the surfaces show.
     *
     * @param measured names and numbers, e.g. {@code switchMicros}
     * @param evidence what spoke for it: of a promotion the report of the shadow; else empty
     */
    public record Record(
            String id,
            String module,
            Request request,
            Version from,
            Version to,
            Phase phase,
            List<Step> steps,
            Map<String, Long> measured,
            List<String> refreshed,
            Map<String, Object> evidence) {
        public Record {
            // lines of older versions have none
            evidence = evidence == null ? Map.of() : evidence;
        }

        /** The same without what spoke for it, for a list. */
        public Record withoutEvidence() {
            return new Record(id, module, request, from, to, phase, steps, measured, refreshed, Map.of());
        }
    }

    private final String id;
    private final String module;
    private final Request request;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Long> measured = new TreeMap<>();
    private final List<String> refreshed = new ArrayList<>();
    private Version from = Version.NONE;
    private Version to = Version.NONE;
    private Map<String, Object> evidence = Map.of();
    private String recall = NOBODY;
    private Optional<Step> last = Optional.empty();
    private boolean hurried;
    private boolean left;

    Operation(String id, String module, Request request, Clock clock) {
        this.id = id;
        this.module = module;
        this.request = request;
        this.clock = clock;
    }

    /** The same in another version of this bundle, which conducts it from now on. */
    static Operation of(Record record, Clock clock) {
        Operation operation = new Operation(record.id(), record.module(), record.request(), clock);
        operation.from = record.from();
        operation.to = record.to();
        operation.evidence = record.evidence();
        operation.steps.addAll(record.steps());
        operation.measured.putAll(record.measured());
        operation.refreshed.addAll(record.refreshed());
        return operation;
    }

    /** Its name. */
    public String id() {
        return id;
    }

    /** Symbolic name of what is replaced. */
    public String module() {
        return module;
    }

    Request request() {
        return request;
    }

    void between(Version before, Version after) {
        locked(() -> {
            from = before;
            to = after;
        });
    }

    /** Attaches what speaks for it. */
    void attach(Map<String, Object> reasons) {
        locked(() -> evidence = reasons);
    }

    /** A phase begins. The last one shows only after {@link #end}. */
    void enter(Phase phase, String detail) {
        Step step = new Step(phase, clock.millis(), detail);
        locked(() -> {
            if (phase.isEnd()) {
                last = Optional.of(step);
            } else {
                steps.add(step);
            }
        });
    }

    /** Shows the last phase, when it is written down: whoever sees the end finds it in the audit trail, too. */
    Record end(Consumer<Record> audit) {
        lock.lock();
        try {
            List<Step> all = new ArrayList<>(steps);
            last.ifPresent(all::add);
            Record record = record(all);
            audit.accept(record);
            return record;
        } finally {
            last.ifPresent(steps::add);
            last = Optional.empty();
            changed.signalAll();
            lock.unlock();
        }
    }

    void measure(String name, long value) {
        locked(() -> measured.put(name, value));
    }

    void refreshed(String bundle) {
        locked(() -> refreshed.add(bundle));
    }

    /** Asks for the way back. @throws Refused when there is none any more, or never was */
    void recall(String why) throws Refused {
        lock.lock();
        try {
            Phase now = record(steps).phase();
            if (request.kind().equals(REMOVE) || now == Phase.REMOVE || now.isEnd() || last.isPresent()) {
                throw new Refused("operation " + id + " of " + module + " is in phase " + now
                        + " and cannot be recalled; when it has ended, ask for the version before");
            }
            recall = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The last step begins, after which nobody can recall it. @return why somebody did before; then nothing begins */
    Optional<String> conclude(String detail) {
        lock.lock();
        try {
            if (recall.isEmpty()) {
                steps.add(new Step(Phase.REMOVE, clock.millis(), detail));
                changed.signalAll();
            }
            return Optional.of(recall).filter(why -> !why.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** How it stands. */
    public Record record() {
        lock.lock();
        try {
            return record(steps);
        } finally {
            lock.unlock();
        }
    }

    private Record record(List<Step> shown) {
        Phase phase =
                shown.isEmpty() ? Phase.STAGE : shown.get(shown.size() - 1).phase();
        return new Record(
                id,
                module,
                request,
                from,
                to,
                phase,
                List.copyOf(shown),
                Map.copyOf(measured),
                List.copyOf(refreshed),
                evidence);
    }

    /** While hurried nobody waits for anything but the end: those who ask are to ask elsewhere. */
    void hurry(boolean now) {
        locked(() -> hurried = now);
    }

    /** It goes on in another version of this bundle: nobody waits here any more. */
    void leave() {
        locked(() -> left = true);
    }

    /** Waits until the operation is as wanted, or the time is up; gives how it stands then. */
    public Record await(Predicate<Record> wanted, Duration bound) throws InterruptedException {
        return awaitUnless(() -> hurried || left, wanted, bound);
    }

    /** Waits for the end, or until the time is up or the operation has gone elsewhere; gives how it stands then. */
    public Record awaitEnd(Duration bound) throws InterruptedException {
        return awaitUnless(() -> left, one -> one.phase().isEnd(), bound);
    }

    private Record awaitUnless(BooleanSupplier vain, Predicate<Record> wanted, Duration bound)
            throws InterruptedException {
        long nanos = bound.toNanos();
        lock.lock();
        try {
            while (!wanted.test(record()) && !vain.getAsBoolean() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return record();
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment on probation. @return why the old one is wanted back; empty when nobody wants that */
    String awaitRecall(Duration moment) throws InterruptedException {
        lock.lock();
        try {
            if (recall.isEmpty()) {
                changed.awaitNanos(moment.toNanos());
            }
            return recall;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
