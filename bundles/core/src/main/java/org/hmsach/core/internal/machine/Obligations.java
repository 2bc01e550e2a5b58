package org.hmsach.core.internal.machine;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hmsach.core.internal.codec.Rows;

/** What is traded or charged and not yet settled, in the order (settle date, number); numbers only grow. */
final class Obligations {
    private final TreeMap<LocalDate, ArrayDeque<Rows.Obligation>> open = new TreeMap<>();
    private long nextNumber = 1;

    long takeNumber() {
        return nextNumber++;
    }

    void add(Rows.Obligation obligation) {
        open.computeIfAbsent(obligation.settleDate(), date -> new ArrayDeque<>())
                .add(obligation);
    }

    /** Takes out the first due ones. */
    List<Rows.Obligation> takeDue(LocalDate upTo, int max) {
        List<Rows.Obligation> due = new ArrayList<>();
        while (due.size() < max && !open.isEmpty() && !open.firstKey().isAfter(upTo)) {
            ArrayDeque<Rows.Obligation> first = open.firstEntry().getValue();
            due.add(first.poll());
            if (first.isEmpty()) {
                open.pollFirstEntry();
            }
        }
        return due;
    }

    /** How many are due on or before each settle date by itself. */
    Map<LocalDate, Integer> countByDate() {
        TreeMap<LocalDate, Integer> counts = new TreeMap<>();
        open.forEach((date, obligations) -> counts.put(date, obligations.size()));
        return counts;
    }

    int countDue(LocalDate upTo) {
        return open.headMap(upTo, true).values().stream()
                .mapToInt(ArrayDeque::size)
                .sum();
    }

    void save(Consumer<Rows.Obligation> rows) {
        open.values().forEach(ofDate -> ofDate.forEach(rows));
    }

    long nextNumber() {
        return nextNumber;
    }

    void restoreNumber(long next) {
        nextNumber = next;
    }
}
