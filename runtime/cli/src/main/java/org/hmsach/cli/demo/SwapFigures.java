package org.hmsach.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.cli.load.Journal;
import org.hmsach.cli.load.TapeProof;

/** What was promised, what was seen. */
public final class SwapFigures {
    private static final int ACCEPTED = 200;
    private static final int REFUSED = 403;
    private static final int AGAIN = 503;

    private record Span(long fromMs, long toMs) {}

    private final Journal journal = new Journal();
    private final List<String> notKept = new ArrayList<>();
    private final Map<String, Span> spans = new LinkedHashMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private long calmNanos;

    Journal journal() {
        return journal;
    }

    /** What was not as promised; empty when all was. */
    public List<String> notKept() {
        return List.copyOf(notKept);
    }

    /** Names and numbers. */
    public Map<String, Object> all() {
        return new LinkedHashMap<>(figures);
    }

    void expect(boolean holds, String promise) {
        if (!holds) {
            notKept.add(promise);
        }
    }

    void put(String name, Object value) {
        figures.put(name, value);
    }

    /** Nothing was swapped since then: what orders take by themselves. */
    void calmEnds(long sinceMs) {
        long[] nanos = journal.entries().stream()
                .filter(entry -> entry.dueMs() >= sinceMs)
                .mapToLong(Journal.Entry::nanos)
                .sorted()
                .toArray();
        calmNanos = at(nanos, 50);
        expect(nanos.length > 0, "orders were answered before the first swap");
    }

    /** Callers moved between the step SWITCH and this one. @param how of the orders that were under way then */
    void moved(String how, JsonNode operation, String until) {
        spans.put(how, new Span(step(operation, "SWITCH"), step(operation, until)));
    }

    void back(JsonNode operation) {
        put("wayBackMs", step(operation, "ROLLED_BACK") - step(operation, "SWITCH"));
    }

    /** Counts; the load has ended and the tape was read. */
    public void count(TapeProof proof) {
        List<Journal.Entry> entries = journal.entries();
        long refused = journal.count(REFUSED);
        long unanswered = journal.count(Journal.NO_ANSWER);
        long others = entries.size() - journal.count(ACCEPTED) - refused - journal.count(AGAIN) - unanswered;
        put("offered", entries.size());
        put("answered", journal.count(ACCEPTED) + refused);
        put("accepted", journal.count(ACCEPTED));
        put("refused", refused);
        put("refusedByTheBrokenVersion", failed(entries));
        put("http503", journal.count(AGAIN));
        put("otherErrors", others);
        put("lost", unanswered + proof.lost(entries));
        put("doubled", proof.doubled());
        put("unchecked", proof.unchecked());
        put("calmP50Micros", calmNanos / 1_000);
        spans.forEach((how, span) -> putPauses(how, span, entries));
        expect(unanswered == 0, unanswered + " orders got no answer");
        expect(proof.lost(entries) == 0, proof.lost(entries) + " acknowledged orders are not on the tape");
        expect(proof.doubled() == 0, proof.doubled() + " orders were taken twice");
        expect(proof.unchecked() == 0, proof.unchecked() + " orders were taken unchecked");
        expect(journal.count(AGAIN) == 0, journal.count(AGAIN) + " orders were told to come again");
        expect(others == 0, others + " orders had other errors, e.g. " + other(entries));
    }

    private void putPauses(String how, Span span, List<Journal.Entry> entries) {
        long[] pauses = entries.stream()
                .filter(entry -> entry.overlaps(span.fromMs(), span.toMs()))
                .mapToLong(entry -> Math.max(0, entry.nanos() - calmNanos))
                .sorted()
                .toArray();
        put(how + "Orders", pauses.length);
        put(how + "PauseP50Micros", at(pauses, 50) / 1_000);
        put(how + "PauseP99Micros", at(pauses, 99) / 1_000);
        put(how + "PauseMaxMicros", at(pauses, 100) / 1_000);
    }

    private static long failed(List<Journal.Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.status() == REFUSED && entry.text().contains("GOV_CHECK_FAILED"))
                .count();
    }

    private static String other(List<Journal.Entry> entries) {
        List<Integer> known = List.of(ACCEPTED, REFUSED, AGAIN, Journal.NO_ANSWER);
        return entries.stream()
                .filter(entry -> !known.contains(entry.status()))
                .findFirst()
                .map(Journal.Entry::toString)
                .orElse("none");
    }

    private static long at(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static long step(JsonNode operation, String phase) {
        for (JsonNode step : operation.path("steps")) {
            if (step.path("phase").asText().equals(phase)) {
                return step.path("atMs").asLong();
            }
        }
        return 0;
    }
}
