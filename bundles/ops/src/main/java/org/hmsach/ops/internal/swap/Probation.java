package org.hmsach.ops.internal.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the tape says against a version on probation. One thread. */
final class Probation implements TapeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Probation.class);
    private static final int VERDICTS = 3;
    private static final int OPENINGS = 5;
    private static final int MOST_EVENTS = 4_096;
    private static final Set<Reason> NO_ANSWER =
            Set.of(Reason.GOV_CHECK_FAILED, Reason.GOV_CHECK_MISSING, Reason.GOV_CHECK_TIMEOUT);

    private final Supplier<Optional<Tape>> tape;
    private final Set<String> rules;
    private final Map<String, Integer> unanswered = new TreeMap<>();
    private final Map<String, Integer> openings = new TreeMap<>();
    private Optional<TapeReader> reader = Optional.empty();
    private OptionalLong next = OptionalLong.empty();

    /** Begins at the end of the tape. @param tape empty while the core is away @param rules those of the version */
    Probation(Supplier<Optional<Tape>> tape, Set<String> rules) {
        this.tape = tape;
        this.rules = Set.copyOf(rules);
        open();
    }

    /** Where it was before the core went away; a tape that is not as far yet is not back. */
    private void open() {
        try {
            Optional<Tape> here = tape.get();
            if (reader.isEmpty() && here.isPresent()) {
                long end = here.get().lastNumber() + 1;
                long from = next.orElse(end);
                reader = from > end ? Optional.empty() : Optional.of(here.get().open(from));
            }
        } catch (IllegalStateException e) {
            away(e);
        }
    }

    /** The core opens anew: nothing that the version could help. */
    private void away(IllegalStateException e) {
        LOG.info("the tape is away, and read on when it is back: {}", e.getMessage());
        close();
    }

    /** Reads on for at most the moment; not while the core is away. @return what speaks against it, all in all */
    List<String> look(Duration moment) throws InterruptedException {
        open();
        try {
            if (reader.isPresent()) {
                reader.get().poll(this, MOST_EVENTS, moment);
            }
        } catch (IllegalStateException e) {
            away(e);
        }
        List<String> troubles = new ArrayList<>();
        unanswered.forEach((what, times) -> over(VERDICTS, times, what).ifPresent(troubles::add));
        openings.forEach((venue, times) ->
                over(OPENINGS, times, "venue " + venue + " was opened anew").ifPresent(troubles::add));
        return troubles;
    }

    /** Whether a look waits for what the tape tells; not while the core is away. */
    boolean isReading() {
        return reader.isPresent();
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
        reader.ifPresent(one -> {
            next = OptionalLong.of(one.nextNumber());
            one.close();
        });
        reader = Optional.empty();
    }
}
