package org.hmsach.api.refusal;

import java.util.Objects;
import java.util.Optional;

/**
 * A refusal: the caller or a rule is the reason. A value and a journalled fact, never an exception inside the core.
 *
 * @param reason what kind
 * @param rule   the rule, limit or field that refused, e.g. {@code "limit.max_order_notional"} or {@code "qty"}
 * @param detail one sentence for people: what was wrong, the value, the limit
 * @param value  the offending value as text, where there is one
 * @param limit  the limit as text, where there is one
 */
public record Refused(Reason reason, String rule, String detail, Optional<String> value, Optional<String> limit) {
    public Refused {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(limit, "limit");
    }

    /** A refusal without value and limit. */
    public static Refused of(Reason reason, String rule, String detail) {
        return new Refused(reason, rule, detail, Optional.empty(), Optional.empty());
    }

    /** A refusal that names the value and its limit. */
    public static Refused of(Reason reason, String rule, String detail, String value, String limit) {
        return new Refused(reason, rule, detail, Optional.of(value), Optional.of(limit));
    }
}
