package org.hmsach.mkt.data.internal.lean;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The daily bars of one symbol. */
final class DailyFile {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd HH:mm");
    private static final int FIELDS = 6;
    /** A day's volume stays below 92 billion shares, the most that scale 8 can carry. */
    private static final long MAX_VOLUME = 90_000_000_000L;

    private DailyFile() {}

    static List<DailyBar> read(Path file) {
        List<DailyBar> bars = new ArrayList<>();
        LocalDate last = LocalDate.MIN;
        try (ZippedCsv csv = new ZippedCsv(file)) {
            for (Optional<Row> row = csv.next(); row.isPresent(); row = csv.next()) {
                DailyBar bar = bar(row.get());
                if (!bar.date().isAfter(last)) {
                    throw row.get().refuse("date", bar.date().toString(), "must be after the line above, " + last);
                }
                last = bar.date();
                bars.add(bar);
            }
        }
        return List.copyOf(bars);
    }

    private static DailyBar bar(Row row) {
        row.requireFields(FIELDS);
        long open = price(row, 1, "open");
        long high = price(row, 2, "high");
        long low = price(row, 3, "low");
        long close = price(row, 4, "close");
        if (low > Math.min(open, close) || high < Math.max(open, close)) {
            throw row.refuse("high and low", row.text(2) + " and " + row.text(3), "must enclose open and close");
        }
        long volume = row.number(5, "volume", 0, MAX_VOLUME) * TickFile.SIZE_FACTOR;
        return new DailyBar(date(row), open, high, low, close, volume);
    }

    private static long price(Row row, int index, String field) {
        return row.number(index, field, 1, TickFile.MAX_PRICE) * TickFile.PRICE_FACTOR;
    }

    private static LocalDate date(Row row) {
        try {
            return LocalDateTime.parse(row.text(0), TIME).toLocalDate();
        } catch (DateTimeParseException notADate) {
            throw row.refuse("time", row.text(0), "must have the form yyyymmdd hh:mm");
        }
    }
}
