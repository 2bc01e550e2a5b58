package org.hmsach.core.internal.machine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hmsach.core.internal.codec.Row;
import org.hmsach.core.internal.codec.Rows;

/** Venues that were opened, their incarnation, and the execution ids taken from them. */
final class Venues {
    /** Execution ids of external venues are kept for so many business days; internal ones for the incarnation. */
    static final long KEPT_DAYS = 30;

    /** One venue. */
    static final class Venue {
        final String name;
        boolean internal;
        long incarnation;
        private final Map<String, Long> executions = new LinkedHashMap<>();

        private Venue(String name) {
            this.name = name;
        }

        boolean hasTaken(String execId) {
            return executions.containsKey(execId);
        }

        void take(String execId, long dayNumber) {
            executions.put(execId, dayNumber);
        }
    }

    private final TreeMap<String, Venue> byName = new TreeMap<>();

    Optional<Venue> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    void open(String name, boolean internal, long incarnation) {
        Venue venue = byName.computeIfAbsent(name, Venue::new);
        if (venue.internal || internal) {
            venue.executions.clear();
        }
        venue.internal = internal;
        venue.incarnation = incarnation;
    }

    void forgetExecutions(long dayNumber) {
        for (Venue venue : byName.values()) {
            Iterator<Long> days = venue.executions.values().iterator();
            while (days.hasNext() && dayNumber - days.next() > KEPT_DAYS) {
                days.remove();
            }
        }
    }

    void save(Consumer<Row> rows) {
        for (Venue venue : byName.values()) {
            rows.accept(new Rows.Venue(venue.name, venue.internal, venue.incarnation));
            venue.executions.forEach((id, day) -> rows.accept(new Rows.Execution(venue.name, id, day)));
        }
    }

    void load(Rows.Execution row) {
        byName.get(row.venue()).take(row.execId(), row.dayNumber());
    }
}
