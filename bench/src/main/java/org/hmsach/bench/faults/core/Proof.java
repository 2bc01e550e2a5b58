package org.hmsach.bench.faults.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.core.internal.audit.CoreCheck;
import org.hmsach.core.internal.audit.CoreReport;

/** What lies in a core's folder beside what its clients were answered. */
final class Proof {
    private static final int MOST_WORDS = 20;
    private final Map<String, Set<Long>> effects = new HashMap<>();
    private final Map<String, Set<Long>> refusals = new HashMap<>();
    private final TreeMap<Long, Long> lastEventOfEntry = new TreeMap<>();
    private final Map<String, Long> balances = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final CoreReport report;
    private long missing;
    private long doubled;

    /** Reads the folder of a core that does not run. */
    Proof(Path directory) throws IOException {
        report = CoreCheck.run(directory, message -> {}, this::take);
        report.problems().forEach(problem -> wrong(problem.toString()));
    }

    private void take(TapeEvent event) {
        long entry = event.header().entry();
        String request = event.header().origin().requestId();
        lastEventOfEntry.put(entry, event.header().number());
        Map<String, Set<Long>> kind = event instanceof Events.CommandRefused ? refusals : effects;
        kind.computeIfAbsent(request, r -> new HashSet<>()).add(entry);
        if (event instanceof Events.Posted posted) {
            for (Events.Leg leg : posted.legs()) {
                leg.account().ifPresent(a -> balances.merge(key(a, leg.asset()), leg.amount(), Math::addExact));
            }
        }
    }

    private static String key(UUID account, String asset) {
        return account + " " + asset;
    }

    /** Compares with the journal. */
    Proof with(Journal journal) {
        Set<String> requests = new HashSet<>();
        for (Journal.Acknowledged acknowledged : journal.all()) {
            requests.add(acknowledged.requestId());
            look(acknowledged.requestId(), acknowledged.answer());
        }
        for (String request : requests) {
            Set<Long> entries = effects.getOrDefault(request, Set.of());
            if (entries.size() > 1) {
                doubled++;
                wrong("request " + request + " had its effect at entries " + entries);
            }
        }
        return this;
    }

    private void look(String request, Answer answer) {
        Set<Long> done = effects.getOrDefault(request, Set.of());
        Set<Long> refused = refusals.getOrDefault(request, Set.of());
        boolean again = answer.duplicate()
                || answer.refusal().filter(Reason.ALREADY_DONE::equals).isPresent();
        boolean there;
        if (again) {
            there = !done.isEmpty();
        } else if (answer.refusal().isPresent()) {
            there = refused.contains(answer.entry()) || done.contains(answer.entry());
        } else {
            there = done.contains(answer.entry());
        }
        Map.Entry<Long, Long> last = lastEventOfEntry.floorEntry(answer.entry());
        boolean placed = last != null && last.getValue() == answer.tapeNumber();
        if (!there || answer.entry() > report.entries()) {
            missing++;
            wrong("request " + request + " was answered " + answer.line() + " and is not there");
        } else if (!placed) {
            missing++;
            wrong("request " + request + " was answered " + answer.line() + ", the tape is at " + last);
        }
    }

    /** Compares with what clients know that they must have; when they have all they waited for. */
    Proof with(List<Client> clients) {
        for (Client client : clients) {
            expect(client.account(), "USD", client.cashMinor());
            expect(client.account(), CoreLoad.SYMBOL, client.sharesE8());
        }
        return this;
    }

    private void expect(UUID account, String asset, long amount) {
        long there = balances.getOrDefault(key(account, asset), 0L);
        if (there != amount) {
            wrong("account " + account + " has " + there + " " + asset + ", its client knows of " + amount);
        }
    }

    /** Compares with what a running core says of the same entries. */
    Proof with(CoreStatus status) {
        if (!status.takesCommands()) {
            wrong("the core takes no commands: " + status.why());
        }
        if (status.entry() != report.entries()
                || status.tapeNumber() != report.events()
                || !status.stateHash().equals(report.stateHash())
                || !status.chainHash().equals(report.chainHash())) {
            wrong("the core says " + status + ", on disk is entry " + report.entries() + ", event " + report.events()
                    + ", state " + report.stateHash() + ", chain " + report.chainHash());
        }
        return this;
    }

    private void wrong(String what) {
        if (wrong.size() < MOST_WORDS) {
            wrong.add(what);
        }
    }

    CoreReport report() {
        return report;
    }

    long missing() {
        return missing;
    }

    long doubled() {
        return doubled;
    }

    List<String> wrong() {
        return wrong;
    }
}
