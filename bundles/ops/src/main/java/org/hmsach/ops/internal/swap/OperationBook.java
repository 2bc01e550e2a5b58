package org.hmsach.ops.internal.swap;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The operations of this run of the process, one at a time for each module, and those that ended. Thread-safe. */
final class OperationBook {
    private final AuditTrail audit;
    private final Map<String, Operation> byId = new ConcurrentHashMap<>();
    private final Map<String, Operation> byModule = new ConcurrentHashMap<>();

    OperationBook(Path data) {
        this.audit = new AuditTrail(data);
    }

    /** Begins one. Refused while another one of the module has not ended. */
    Operation open(String module, Operation.Request request) throws Refused {
        Operation operation = new Operation(UUID.randomUUID().toString(), module, request, Clock.systemUTC());
        Operation other = byModule.compute(module, (name, now) -> now == null || hasEnded(now) ? operation : now);
        if (other != operation) {
            throw busy(other);
        }
        byId.put(operation.id(), operation);
        return operation;
    }

    /** Writes its end down and shows it. */
    Operation.Record close(Operation operation) {
        return operation.end(audit::add);
    }

    /** What is under way on the module. */
    Optional<Operation> underWay(String module) {
        return Optional.ofNullable(byModule.get(module)).filter(one -> !hasEnded(one));
    }

    /** Refuses while something is under way on the module. */
    void requireIdle(String module) throws Refused {
        Optional<Operation> current = underWay(module);
        if (current.isPresent()) {
            throw busy(current.get());
        }
    }

    /** One of them, after at most the wait: as soon as it has more steps than were seen. */
    Optional<Operation.Record> find(String id, int seen, Duration wait) throws InterruptedException {
        Operation known = byId.get(id);
        if (known != null) {
            return Optional.of(known.await(one -> one.steps().size() > seen, wait));
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

    private static Refused busy(Operation other) {
        return new Refused("operation " + other.id() + " of " + other.module() + " is still in phase "
                + other.record().phase() + "; recall it or wait for its end");
    }
}
