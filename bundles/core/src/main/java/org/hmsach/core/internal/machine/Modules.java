package org.hmsach.core.internal.machine;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Commands;
import org.hmsach.core.internal.codec.Row;
import org.hmsach.core.internal.codec.Rows;

/** Each module's bookmark and the causes taken above it. */
final class Modules {
    private static final Comparator<Cause> BY_ENTRY =
            Comparator.comparingLong(Cause::entry).thenComparingInt(Cause::index);

    /** No module has more causes above its bookmark; beyond that the bookmark follows. */
    static final int MAX_ABOVE = 100_000;

    private final TreeMap<String, Long> bookmarks = new TreeMap<>();
    private final TreeMap<String, TreeSet<Cause>> above = new TreeMap<>();

    boolean isTaken(Cause cause) {
        if (cause.entry() <= bookmark(cause.module())) {
            return true;
        }
        TreeSet<Cause> taken = above.get(cause.module());
        return taken != null && taken.contains(cause);
    }

    void take(Cause cause) {
        TreeSet<Cause> taken = above.computeIfAbsent(cause.module(), module -> new TreeSet<>(BY_ENTRY));
        taken.add(cause);
        if (taken.size() > MAX_ABOVE) {
            moveBookmark(cause.module(), taken.first().entry());
        }
    }

    /** -1 before the first progress. */
    long bookmark(String module) {
        return bookmarks.getOrDefault(module, -1L);
    }

    void moveBookmark(String module, long entry) {
        bookmarks.put(module, entry);
        TreeSet<Cause> taken = above.get(module);
        while (taken != null && !taken.isEmpty() && taken.first().entry() <= entry) {
            taken.pollFirst();
        }
        if (taken != null && taken.isEmpty()) {
            above.remove(module);
        }
    }

    Map<String, Long> bookmarks() {
        return Collections.unmodifiableMap(new TreeMap<>(bookmarks));
    }

    void save(Consumer<Row> rows) {
        bookmarks.forEach((module, entry) -> rows.accept(new Rows.Setting(new Commands.Progress(module, entry))));
        for (Map.Entry<String, TreeSet<Cause>> module : above.entrySet()) {
            for (Cause c : module.getValue()) {
                rows.accept(new Rows.CauseTaken(module.getKey(), c.entry(), c.index()));
            }
        }
    }
}
