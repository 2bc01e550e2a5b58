package org.hmsach.gov.checks.internal.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    /** The parameters of an active version; empty when they are not on the tape or are not what was activated. */
    Optional<Policy> read(Rule rule, PolicyVersion active) {
        if (!active.version().matches(VERSION_PREFIX + "[0-9]{1,18}")) {
            return Optional.empty();
        }
        long entry = Long.parseLong(active.version().substring(VERSION_PREFIX.length()));
        return note(entry)
                .map(values -> {
                    Map<String, String> parameters = new HashMap<>(rule.standards());
                    parameters.keySet().retainAll(values.keySet());
                    parameters.replaceAll((name, standard) -> values.get(name));
                    return Policy.of(rule, active.version(), parameters);
                })
                .filter(policy -> policy.digest().equals(active.digest()))
                .map(policy -> withNewParameters(policy));
    }

    /** A parameter that the version did not know yet, because this code is newer, has its standard value. */
    private static Policy withNewParameters(Policy policy) {
        Map<String, String> all = new HashMap<>(policy.rule().standards());
        all.putAll(policy.parameters());
        return Policy.of(policy.rule(), policy.version(), all);
    }

    private Optional<Map<String, String>> note(long entry) {
        NoteFinder finder = new NoteFinder(entry);
        try (TapeReader reader = tape.open(tape.firstNumberOf(entry))) {
            reader.poll(finder, MAX_EVENTS, WAIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return finder.found;
    }

    private static final class NoteFinder implements TapeListener {
        private final long entry;
        private Optional<Map<String, String>> found = Optional.empty();

        NoteFinder(long entry) {
            this.entry = entry;
        }

        @Override
        public void onNote(Events.Noted event) {
            if (event.header().entry() == entry && event.topic().equals(TOPIC)) {
                found = Optional.of(event.values());
            }
        }
    }
}
