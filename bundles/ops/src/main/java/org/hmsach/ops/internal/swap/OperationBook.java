package org.hmsach.ops.internal.swap;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of this run of the process, one at a time for each module, and those that ended. An operation on ops
 * itself stands alone. Thread-safe.
 */
final class OperationBook {
    private static final Logger LOG = LoggerFactory.getLogger(OperationBook.class);

    private final String own;
    private final AuditTrail audit;
    private final HandOverFile handOver;
    private final Relay relay;
    private final Errands errands;
    private final Map<String, Errands.Errand> errandById = new ConcurrentHashMap<>();
    private final Map<String, Operation> byId = new ConcurrentHashMap<>();
    private final Map<String, Operation> byModule = new ConcurrentHashMap<>();

    /** @param own symbolic name of this bundle */
    OperationBook(Path data, String own, Relay relay) {
        this.own = own;
        this.audit = new AuditTrail(data);
        this.handOver = new HandOverFile(data);
        this.relay = relay;
        this.errands = new Errands(() -> relay.conducting().map(Operation.Record::id));
    }

    Errands errands() {
        return errands;
    }

    boolean isOwn(String module) {
        return own.equals(module);
    }

    /** Begins one. Refused while another one of the module has not ended, or while ops cannot be replaced. */
    Operation open(String module, Operation.Request request) throws Refused {
        Operation operation = new Operation(UUID.randomUUID().toString(), module, request, Clock.systemUTC());
        Operation other = byModule.compute(module, (name, now) -> now == null || hasEnded(now) ? operation : now);
        if (other != operation) {
            throw busy(other.record());
        }
        boolean begun = false;
        try {
            claim(operation);
            begun = true;
        } finally {
            if (!begun) {
                byModule.remove(module, operation);
            }
        }
        byId.put(operation.id(), operation);
        return operation;
    }

    private void claim(Operation operation) throws Refused {
        if (!isOwn(operation.module())) {
            errandById.put(operation.id(), errands.begin("operation " + operation.id() + " of " + operation.module()));
            return;
        }
        Optional<Operation.Record> elsewhere = relay.conducting();
        if (elsewhere.isPresent()) {
            throw busy(elsewhere.get());
        }
        List<String> others = errands.close(operation.id());
        if (!others.isEmpty()) {
            throw new Refused(own + " is not replaced while it has work under way: " + String.join(", ", others)
                    + "; wait for the end, or end it");
        }
    }

    /** Goes on with one that another version of this bundle began. */
    Operation adopt(Operation.Record record) {
        Operation operation = Operation.of(record, Clock.systemUTC());
        errands.close(operation.id());
        byModule.put(operation.module(), operation);
        byId.put(operation.id(), operation);
        return operation;
    }

    /** From here on a start that finds the file knows that this operation was cut off. */
    void moving(Operation operation) {
        if (isOwn(operation.module())) {
            handOver.write(operation.record());
        }
    }

    /** What a crash cut off is a failure that the audit trail knows of. @param runs what the desired set made of it */
    void settle(String runs) {
        try {
            handOver.read().ifPresent(record -> settle(record, runs));
        } catch (UncheckedIOException e) { // modules must be looked after all the same
            LOG.error("what a crash cut off is not in the audit trail", e);
        }
    }

    private void settle(Operation.Record record, String runs) {
        Operation operation = Operation.of(record, Clock.systemUTC());
        operation.enter(Phase.FAILED, "the server ended in the middle of it; the desired set decided: " + runs);
        LOG.warn("operation {} on {} was cut off; {} runs", record.id(), record.module(), runs);
        operation.end(audit::add);
        handOver.delete();
    }

    /** Writes its end down and shows it; what cannot be written holds nothing up. */
    Operation.Record close(Operation operation) {
        return operation.end(record -> {
            tried(record, "is not in the audit trail", () -> audit.add(record));
            if (isOwn(operation.module())) {
                tried(record, "left its file of the hand-over behind", handOver::delete);
                errands.reopen();
            } else {
                Optional.ofNullable(errandById.remove(operation.id())).ifPresent(Errands.Errand::close);
            }
        });
    }

    private static void tried(Operation.Record record, String otherwise, Runnable step) {
        try {
            step.run();
        } catch (UncheckedIOException e) {
            LOG.error("operation {} {}: {}", record.id(), otherwise, record, e);
        }
    }

    /** What is under way on the module. */
    Optional<Operation> underWay(String module) {
        return Optional.ofNullable(byModule.get(module)).filter(one -> !hasEnded(one));
    }

    /** The same when it has that id. */
    Optional<Operation> underWay(String module, String id) {
        return underWay(module).filter(one -> one.id().equals(id));
    }

    /** Refuses while something is under way on the module. */
    void requireIdle(String module) throws Refused {
        Optional<Operation> current = underWay(module);
        if (current.isPresent()) {
            throw busy(current.get().record());
        }
    }

    /** One of them, after at most the wait: as soon as it has more steps than were seen. */
    Optional<Operation.Record> find(String id, int seen, Duration wait) throws InterruptedException {
        Operation known = byId.get(id);
        if (known != null) {
            return Optional.of(
                    known.await(one -> one.steps().size() > seen || one.phase().isEnd(), wait));
        }
        Optional<Operation.Record> elsewhere = relay.find(id, seen, wait);
        Operation adopted = byId.get(id);
        if (adopted != null || elsewhere.isPresent()) {
            return adopted == null ? elsewhere : Optional.of(adopted.record());
        }
        return audit.newest().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** All, oldest first: those that ended, from the audit trail, and those under way. */
    List<Operation.Record> all() {
        List<Operation.Record> all = new ArrayList<>(audit.newest());
        byId.values().stream()
                .map(Operation::record)
                .filter(one -> !one.phase().isEnd())
                .forEach(all::add);
        relay.conducting()
                .filter(one -> all.stream().noneMatch(known -> known.id().equals(one.id())))
                .ifPresent(all::add);
        return all;
    }

    /** The version that served before the one that serves now. */
    Version before(String module, Version now) throws Refused {
        List<Operation.Record> all = audit.newest();
        for (int i = all.size() - 1; i >= 0; i--) {
            Operation.Record one = all.get(i);
            boolean ledHere = one.module().equals(module)
                    && one.phase() == Phase.DONE
                    && one.to().digest().equals(now.digest());
            if (ledHere && !one.from().digest().isEmpty()) {
                return one.from();
            }
        }
        throw new Refused(
                "no operation brought " + module + " " + now.version() + ", so there is no version before it");
    }

    private static boolean hasEnded(Operation operation) {
        return operation.record().phase().isEnd();
    }

    private static Refused busy(Operation.Record other) {
        return new Refused("operation " + other.id() + " of " + other.module() + " is still in phase " + other.phase()
                + "; recall it or wait for its end");
    }
}
