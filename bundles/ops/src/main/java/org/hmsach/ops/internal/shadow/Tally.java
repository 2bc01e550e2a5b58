package org.hmsach.ops.internal.shadow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.ops.internal.shadow.ShadowReport.Disagreement;
import org.hmsach.ops.internal.shadow.ShadowReport.Row;

/** Counts comparisons by rule and account and keeps the first disagreements of each, within bounds. Thread-safe. */
final class Tally {
    /** Rows by rule and account; further accounts share one row a rule. */
    static final int MOST_ROWS = 2_000;
    /** Disagreements shown of one rule and account. */
    static final int MOST_OF_A_ROW = 100;
    /** Disagreements shown all in all. */
    static final int MOST_SHOWN = 2_000;

    private static final String OTHERS = "others";
    /** Rules whose further accounts share a row; a check names its rule itself. */
    private static final int MOST_RULES = 100;

    private static final int MOST_DETAIL = 300;

    private record Key(String rule, String account) {}

    private static final class Cell {
        private final List<Disagreement> shown = new ArrayList<>();
        private long compared;
        private long stricter;
        private long looser;
    }

    /** The sums. */
    record Sums(long compared, long stricter, long looser, long failed, long late, String lastFailure) {}

    private final Map<Key, Cell> cells =
            new TreeMap<>(Comparator.comparing(Key::rule).thenComparing(Key::account));
    private int shown;
    private long failed;
    private long late;
    private String lastFailure = "";

    synchronized void add(Subject subject, Comparison comparison) {
        OrderRequest request = subject.request();
        Cell cell = cell(comparison.rule(), request.account().toString());
        cell.compared++;
        if (comparison.direction() == 0) {
            return;
        }
        if (comparison.direction() > 0) {
            cell.stricter++;
        } else {
            cell.looser++;
        }
        if (shown < MOST_SHOWN && cell.shown.size() < MOST_OF_A_ROW) {
            shown++;
            cell.shown.add(new Disagreement(
                    subject.order().map(Object::toString).orElse(""),
                    request.clientOrderId(),
                    request.symbol(),
                    request.side().name().toLowerCase(Locale.ROOT),
                    Scale8.text(request.qtyE8()),
                    subject.atMs(),
                    comparison.live(),
                    comparison.shadow()));
        }
    }

    synchronized void failed(String rule, Throwable why) {
        failed++;
        String text = rule + ": " + why;
        lastFailure = text.substring(0, Math.min(text.length(), MOST_DETAIL));
    }

    synchronized void late() {
        late++;
    }

    synchronized Sums sums() {
        long compared = 0;
        long stricter = 0;
        long looser = 0;
        for (Cell cell : cells.values()) {
            compared += cell.compared;
            stricter += cell.stricter;
            looser += cell.looser;
        }
        return new Sums(compared, stricter, looser, failed, late, lastFailure);
    }

    synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        cells.forEach((key, cell) -> rows.add(new Row(
                key.rule(),
                key.account(),
                cell.compared,
                cell.stricter,
                cell.looser,
                List.copyOf(cell.shown),
                cell.stricter + cell.looser - cell.shown.size())));
        return rows;
    }

    private Cell cell(String rule, String account) {
        Cell known = cells.get(new Key(rule, account));
        if (known != null) {
            return known;
        }
        boolean full = cells.size() >= MOST_ROWS;
        boolean crowded = cells.size() >= MOST_ROWS + MOST_RULES;
        Key key = crowded ? new Key(OTHERS, OTHERS) : new Key(rule, full ? OTHERS : account);
        return cells.computeIfAbsent(key, free -> new Cell());
    }
}
