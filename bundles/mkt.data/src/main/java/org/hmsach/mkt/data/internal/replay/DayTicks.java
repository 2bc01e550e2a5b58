package org.hmsach.mkt.data.internal.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.mkt.data.internal.lean.LeanFolder;
import org.hmsach.mkt.data.internal.lean.TickFile;
import org.hmsach.mkt.data.internal.lean.TickRow;

/**
 * The ticks of a recorded day within a session, of all symbols in time order; at the same millisecond by symbol,
 * quotes before trades. Not thread-safe.
 */
final class DayTicks implements AutoCloseable {
    /** A line and whose it is. */
    record Tick(String symbol, TickRow row) {}

    private static final class Source {
        private final String symbol;
        private final TickFile file;
        private Optional<TickRow> head = Optional.empty();

        Source(LeanFolder.TickSource source) {
            this.symbol = source.symbol();
            this.file = new TickFile(source.file(), source.kind());
        }

        void advance(int closeMs) {
            head = file.next().filter(row -> row.timeMs() < closeMs);
        }
    }

    private final List<Source> sources = new ArrayList<>();
    private final int closeMs;

    DayTicks(LeanFolder folder, PlayedDay day) {
        this.closeMs = day.closeMs();
        for (LeanFolder.TickSource found : folder.ticks(day.original())) {
            Source source = new Source(found);
            sources.add(source);
            source.advance(closeMs);
            while (source.head.isPresent() && source.head.get().timeMs() < day.openMs()) {
                source.advance(closeMs);
            }
        }
    }

    Optional<Tick> next() {
        Source first = null;
        for (Source source : sources) {
            if (source.head.isPresent()
                    && (first == null
                            || source.head.get().timeMs() < first.head.get().timeMs())) {
                first = source;
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        Tick tick = new Tick(first.symbol, first.head.get());
        first.advance(closeMs);
        return Optional.of(tick);
    }

    @Override
    public void close() {
        sources.forEach(source -> source.file.close());
    }
}
