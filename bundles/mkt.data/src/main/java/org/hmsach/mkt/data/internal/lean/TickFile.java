package org.hmsach.mkt.data.internal.lean;

import java.nio.file.Path;
import java.util.Optional;

/** A day's trades or quotes of one symbol, in the order of the file, suspicious lines left out. Not thread-safe. */
public final class TickFile implements AutoCloseable {
    /** From 1/10,000 dollar to scale 8. */
    static final long PRICE_FACTOR = 10_000L;

    static final long SIZE_FACTOR = 100_000_000L;
    /** One million dollars, far above any share and small enough that no product overflows. */
    static final long MAX_PRICE = 10_000_000_000L;

    static final long MAX_SIZE = 10_000_000_000L;

    private static final int TRADE_FIELDS = 6;
    private static final int QUOTE_FIELDS = 8;

    /** What the lines of a file describe. */
    public enum Kind {
        TRADE,
        QUOTE
    }

    private final ZippedCsv csv;
    private final Kind kind;
    private long lastTimeMs;

    public TickFile(Path file, Kind kind) {
        this.csv = new ZippedCsv(file);
        this.kind = kind;
    }

    public Optional<TickRow> next() {
        for (Optional<Row> row = csv.next(); row.isPresent(); row = csv.next()) {
            Optional<TickRow> tick = kind == Kind.TRADE ? trade(row.get()) : quote(row.get());
            if (tick.isPresent()) {
                return tick;
            }
        }
        return Optional.empty();
    }

    private Optional<TickRow> trade(Row row) {
        row.requireFields(TRADE_FIELDS);
        int timeMs = time(row);
        long price = row.number(1, "price", 1, MAX_PRICE);
        long size = row.number(2, "size", 1, MAX_SIZE);
        return row.flag(5, "suspicious")
                ? Optional.empty()
                : Optional.of(new TickRow.Trade(timeMs, price * PRICE_FACTOR, size * SIZE_FACTOR, row.text(3)));
    }

    private Optional<TickRow> quote(Row row) {
        row.requireFields(QUOTE_FIELDS);
        int timeMs = time(row);
        long bid = row.number(1, "bid price", 0, MAX_PRICE);
        long bidSize = row.number(2, "bid size", 0, MAX_SIZE);
        long ask = row.number(3, "ask price", 0, MAX_PRICE);
        long askSize = row.number(4, "ask size", 0, MAX_SIZE);
        if (bid == 0 && ask == 0) {
            throw row.refuse("bid and ask price", "0", "must not both be 0: a quote line updates a side");
        }
        if (row.flag(7, "suspicious")) {
            return Optional.empty();
        }
        return Optional.of(new TickRow.Quote(
                timeMs, bid * PRICE_FACTOR, bidSize * SIZE_FACTOR, ask * PRICE_FACTOR, askSize * SIZE_FACTOR));
    }

    private int time(Row row) {
        long timeMs = row.number(0, "time", 0, TickRow.MAX_MILLIS);
        if (timeMs < lastTimeMs) {
            throw row.refuse("time", Long.toString(timeMs), "must not be before the line above, " + lastTimeMs);
        }
        lastTimeMs = timeMs;
        return (int) timeMs;
    }

    @Override
    public void close() {
        csv.close();
    }
}
