package org.hmsach.gov.checks.internal.policy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;

/**
 * Keeps policy parameters in the log itself: a note carries them, and the activated version is named after the note's
 * entry. So the log alone says what every verdict was judged by, and no second store can disagree with it.
 */
final class PolicyJournal {
    static final String TOPIC = "gov.policy";

    private static final String RULE = "rule";
    private static final String VERSION_PREFIX = "entry-";
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int MAX_EVENTS = 64;
    /** Notes this close together are read in one go. */
    private static final int NEAR_EVENTS = 256;

    private final Tape tape;
    private final Door door;

    PolicyJournal(Tape tape, Door door) {
        this.tape = tape;
        this.door = door;
    }

    /** Journals the parameters, then activates them; a refusal of either is the outcome. */
    CompletionStage<Outcome> activate(Rule rule, Map<String, String> parameters, Origin origin) {
        Map<String, String> note = new HashMap<>(parameters);
        note.put(RULE, rule.id());
        // the caller's key belongs to the activation: with both, the second command would be another body of one key
        Origin noteOrigin = new Origin(origin.principal(), origin.module(), origin.requestId(), Optional.empty());
        return door.submit(new Commands.RecordNote(TOPIC, note), noteOrigin).thenCompose(noted -> {
            if (noted.refusal().isPresent()) {
                return CompletableFuture.completedFuture(noted);
            }
            Policy policy = Policy.of(rule, VERSION_PREFIX + noted.entry(), parameters);
            PolicyVersion version = new PolicyVersion(rule.id(), policy.version(), policy.digest());
            return door.submit(new Commands.ActivatePolicy(version), origin);
        });
    }

    /**
     * The parameters of active versions, read in one go where their notes lie close together.
     *
     * @return without those that are not on the tape or are not what was activated
     */
    Map<Rule, Policy> read(Map<Rule, PolicyVersion> active) {
        Map<Rule, Long> entries = new EnumMap<>(Rule.class);
        active.forEach((rule, version) -> {
            if (version.version().matches(VERSION_PREFIX + "[0-9]{1,18}")) {
                entries.put(rule, Long.parseLong(version.version().substring(VERSION_PREFIX.length())));
            }
        });
        Map<Long, Map<String, String>> notes = notes(Set.copyOf(entries.values()));
        Map<Rule, Policy> read = new EnumMap<>(Rule.class);
        entries.forEach((rule, entry) -> Optional.ofNullable(notes.get(entry))
                .flatMap(values -> policy(rule, active.get(rule), values))
                .ifPresent(policy -> read.put(rule, policy)));
        return read;
    }

    private static Optional<Policy> policy(Rule rule, PolicyVersion active, Map<String, String> values) {
        Map<String, String> parameters = new HashMap<>(rule.standards());
        parameters.keySet().retainAll(values.keySet());
        parameters.replaceAll((name, standard) -> values.get(name));
        return Optional.of(Policy.of(rule, active.version(), parameters))
                .filter(policy -> policy.digest().equals(active.digest()))
                .map(PolicyJournal::withNewParameters);
    }

    /** A parameter that the version did not know yet, because this code is newer, has its standard value. */
    private static Policy withNewParameters(Policy policy) {
        Map<String, String> all = new HashMap<>(policy.rule().standards());
        all.putAll(policy.parameters());
        return Policy.of(policy.rule(), policy.version(), all);
    }

    /** The notes that these entries made. */
    private Map<Long, Map<String, String>> notes(Set<Long> entries) {
        NoteFinder finder = new NoteFinder(entries);
        SortedSet<Long> left = new TreeSet<>(entries);
        while (!left.isEmpty() && !Thread.currentThread().isInterrupted()) {
            long first = left.first();
            try (TapeReader reader = tape.open(tape.firstNumberOf(first))) {
                long end = reader.nextNumber() + NEAR_EVENTS;
                boolean more = true;
                while (more
                        && reader.nextNumber() < end
                        && !finder.found.keySet().containsAll(left)) {
                    more = reader.poll(finder, MAX_EVENTS, WAIT) > 0;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            left.removeAll(finder.found.keySet());
            left.remove(first);
        }
        return finder.found;
    }

    private static final class NoteFinder implements TapeListener {
        private final Set<Long> entries;
        private final Map<Long, Map<String, String>> found = new HashMap<>();

        NoteFinder(Set<Long> entries) {
            this.entries = entries;
        }

        @Override
        public void onNote(Events.Noted event) {
            long entry = event.header().entry();
            if (entries.contains(entry) && event.topic().equals(TOPIC)) {
                found.put(entry, event.values());
            }
        }
    }
}
