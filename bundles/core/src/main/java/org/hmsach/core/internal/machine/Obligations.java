package org.hmsach.core.internal.machine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hmsach.core.internal.codec.Rows;

/** What is traded or charged and not yet settled, in the order (settle date, number). */
final class Obligations {
    private final TreeSet<Rows.Obligation> open =
            new TreeSet<>(Comparator.comparing(Rows.Obligation::settleDate).thenComparingLong(Rows.Obligation::number));
    private long nextNumber = 1;

    long takeNumber() {
        return nextNumber++;
    }

    void add(Rows.Obligation obligation) {
        open.add(obligation);
    }

    /** Takes out the first due ones. */
    List<Rows.Obligation> takeDue(LocalDate upTo, int max) {
        List<Rows.Obligation> due = new ArrayList<>();
        while (due.size() < max && !open.isEmpty() && !open.first().settleDate().isAfter(upTo)) {
            due.add(open.pollFirst());
        }
        return due;
    }

    /** How many are due on or before each settle date by itself. */
    Map<LocalDate, Integer> countByDate() {
        TreeMap<LocalDate, Integer> counts = new TreeMap<>();
        open.forEach(o -> counts.merge(o.settleDate(), 1, Integer::sum));
        return counts;
    }

    int countDue(LocalDate upTo) {
        int count = 0;
        for (Rows.Obligation o : open) {
            if (o.settleDate().isAfter(upTo)) {
                break;
            }
            count++;
        }
        return count;
    }

    void save(Consumer<Rows.Obligation> rows) {
        open.forEach(rows);
    }

    long nextNumber() {
        return nextNumber;
    }

    void restoreNumber(long next) {
        nextNumber = next;
    }
}
