package org.hmsach.ops.internal.shadow;

import java.util.List;
import org.hmsach.ops.internal.swap.Version;

/**
 * What a shadow said beside the version that serves.
 *
 * @param id       of the shadow
 * @param module   symbolic name
 * @param serves   version it is compared with
 * @param shadow   version that is looked at
 * @param stagedBy login of who staged it; another person promotes it
 * @param why      reason that was given; may be empty
 * @param sinceMs  since when, milliseconds since 1970 UTC
 * @param state    {@code running}, or how it ended
 * @param counts   all in all
 * @param rows     one for each rule and account
 */
public record ShadowReport(
        String id,
        String module,
        Version serves,
        Version shadow,
        String stagedBy,
        String why,
        long sinceMs,
        String state,
        Counts counts,
        List<Row> rows) {

    /**
     * All in all.
     *
     * @param orders      orders that came by
     * @param waiting     orders that wait to be compared
     * @param dropped     orders that were not compared, because the shadow was behind: the live path never waits
     * @param compared    answers that were compared: one for each order and rule
     * @param stricter    of these the shadow alone refuses, or takes a higher fee
     * @param looser      of these the serving version alone refuses, or takes a higher fee
     * @param failed      answers that could not be compared, because the shadow threw or gave no answer of its rule
     * @param late        answers that took longer than {@code lateMs}: a serving check would have refused the order
     * @param lateMs      how long a shadow's answer may take, milliseconds
     * @param lastFailure what the last failure was; empty when there was none
     */
    public record Counts(
            long orders,
            long waiting,
            long dropped,
            long compared,
            long stricter,
            long looser,
            long failed,
            long late,
            long lateMs,
            String lastFailure) {}

    /**
     * One rule and account.
     *
     * @param account  id, or {@code others} where there were too many to keep apart
     * @param disagreements the first that were seen
     * @param notShown how many more there were
     */
    public record Row(
            String rule,
            String account,
            long compared,
            long stricter,
            long looser,
            List<Disagreement> disagreements,
            long notShown) {}

    /**
     * One answer on which the two differ, and the order behind it.
     *
     * @param order         id of the order; empty when it left none
     * @param clientOrderId the client's own id
     * @param atMs          when it was judged, milliseconds since 1970 UTC
     */
    public record Disagreement(
            String order,
            String clientOrderId,
            String symbol,
            String side,
            String qty,
            long atMs,
            Said live,
            Said shadow) {}

    /**
     * An answer.
     *
     * @param answer {@code allow}, {@code deny}, {@code none}; of a fee the amount
     * @param reason name of the reason when it denies
     * @param value  what was judged, where the rule tells
     * @param limit  what it was judged by, where the rule tells
     */
    public record Said(String answer, String reason, String detail, String value, String limit) {}

    /** What the state of a shadow says that has not ended. */
    static final String RUNNING = "running";

    /** Whether it goes on. Not named like a field: it is none of the report's. */
    public boolean goesOn() {
        return state.equals(RUNNING);
    }

    /** The same with at most so many disagreements, for a record that is kept. */
    public ShadowReport brief(int most) {
        int[] left = {most};
        List<Row> shorter = rows.stream()
                .map(row -> {
                    int shown = Math.min(left[0], row.disagreements().size());
                    left[0] -= shown;
                    return new Row(
                            row.rule(),
                            row.account(),
                            row.compared(),
                            row.stricter(),
                            row.looser(),
                            row.disagreements().subList(0, shown),
                            row.notShown() + row.disagreements().size() - shown);
                })
                .toList();
        return new ShadowReport(id, module, serves, shadow, stagedBy, why, sinceMs, state, counts, shorter);
    }
}
