package org.hmsach.bench.faults.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.hmsach.cli.http.HmsClient;

/** Counts answers of a phase of the load. Thread-safe. */
final class AnswerCount {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final int MOST_WORDS = 20;
    private final Map<String, Integer> away = new TreeMap<>();
    private final List<String> unexpected = new ArrayList<>();
    private Histogram latencyNanos = new Histogram(LONGEST_NANOS, 3);
    private int acknowledged;
    private int refused;
    private int lost;

    /** What was counted between two calls of {@link #take}. */
    record Count(int acknowledged, int refused, Map<String, Integer> away, int withoutAnswer, Histogram latencyNanos) {
        /** Answers that say that something is away. */
        int unavailable() {
            return away.values().stream().mapToInt(Integer::intValue).sum();
        }

        @Override
        public String toString() {
            return acknowledged + " acknowledged, " + refused + " refused, unavailable " + away + ", "
                    + withoutAnswer + " without an answer, p50 "
                    + TimeUnit.NANOSECONDS.toMillis(latencyNanos.getValueAtPercentile(50)) + " ms, longest "
                    + TimeUnit.NANOSECONDS.toMillis(latencyNanos.getMaxValue()) + " ms";
        }
    }

    synchronized void answered(Deed deed, HmsClient.Answer answer) {
        latencyNanos.recordValue(Math.min(LONGEST_NANOS, answer.nanos()));
        if (answer.ok()) {
            acknowledged++;
        } else if (answer.status() == 503) {
            away.merge(reason(answer), 1, Integer::sum);
        } else if (isRefusal(answer.status())) {
            refused++;
        } else {
            unexpected(deed + " was answered " + answer.status() + " " + answer.json());
        }
    }

    synchronized void refused() {
        refused++;
    }

    /** A refusal says that nothing was done; 401, 404 and 5xx must not come in answer to this load. */
    static boolean isRefusal(int status) {
        return status == 403 || status == 422 || status == 409;
    }

    synchronized void withoutAnswer() {
        lost++;
    }

    synchronized void unexpected(String what) {
        if (unexpected.size() < MOST_WORDS) {
            unexpected.add(what);
        }
    }

    /** Counts since the last call. */
    synchronized Count take() {
        Count count = new Count(acknowledged, refused, Map.copyOf(away), lost, latencyNanos);
        acknowledged = 0;
        refused = 0;
        lost = 0;
        away.clear();
        latencyNanos = new Histogram(LONGEST_NANOS, 3);
        return count;
    }

    /** Answers that nobody may give. */
    synchronized List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    private static String reason(HmsClient.Answer answer) {
        String reason = answer.json().path("reason").asText();
        return reason.isEmpty() ? "503 without a reason" : reason;
    }
}
