package org.hmsach.ops.internal.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;

/** What the tape says against a version on probation. One thread. */
final class Probation implements TapeListener, AutoCloseable {
    private static final int VERDICTS = 3;
    private static final int OPENINGS = 5;
    private static final int MOST_EVENTS = 4_096;
    private static final Set<Reason> NO_ANSWER =
            Set.of(Reason.GOV_CHECK_FAILED, Reason.GOV_CHECK_MISSING, Reason.GOV_CHECK_TIMEOUT);

    private final Set<String> rules;
    private final TapeReader reader;
    private final Map<String, Integer> unanswered = new TreeMap<>();
    private final Map<String, Integer> openings = new TreeMap<>();

    /** Begins at the end of the tape. @param rules those that the version answers */
    Probation(Tape tape, Set<String> rules) {
        this.rules = Set.copyOf(rules);
        this.reader = tape.open(tape.lastNumber() + 1);
    }

    /** Reads on for at most the moment. @return what speaks against the version, all in all */
    List<String> look(Duration moment) throws InterruptedException {
        reader.poll(this, MOST_EVENTS, moment);
        List<String> troubles = new ArrayList<>();
        unanswered.forEach((what, times) -> over(VERDICTS, times, what).ifPresent(troubles::add));
        openings.forEach((venue, times) ->
                over(OPENINGS, times, "venue " + venue + " was opened anew").ifPresent(troubles::add));
        return troubles;
    }

    private static Optional<String> over(int limit, int times, String what) {
        return times < limit ? Optional.empty() : Optional.of(what + ", " + times + " times");
    }

    @Override
    public void onOrder(Events.OrderEvent event) {
        for (Verdict verdict : event.verdicts()) {
            if (NO_ANSWER.contains(verdict.reason()) && rules.contains(verdict.rule())) {
                unanswered.merge(verdict.reason() + ": " + verdict.rule(), 1, Integer::sum);
            }
        }
    }

    @Override
    public void onVenueOpened(Events.VenueOpened event) {
        openings.merge(event.venue(), 1, Integer::sum);
    }

    @Override
    public void close() {
        reader.close();
    }
}
