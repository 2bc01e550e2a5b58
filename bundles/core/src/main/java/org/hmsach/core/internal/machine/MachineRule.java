package org.hmsach.core.internal.machine;

import java.util.Map;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.rule.Verdict;

/** The machine's own rules: name, reason and sentence, with {@code %v} for the value and {@code %l} for the limit. */
enum MachineRule {
    SESSION("core.session", Reason.SESSION_CLOSED, "no session is open: %v"),
    KILL_SWITCH("limit.kill_switch", Reason.HALTED, "the kill switch is on for %v"),
    HALT("limit.halt", Reason.HALTED, "the instrument is %v"),
    RESTRICTED("limit.restricted", Reason.HALTED, "%v is on the restricted list"),
    CURRENCY("core.currency", Reason.INVALID, "the instrument trades in %v, the account is in %l"),
    TICK("core.tick", Reason.INVALID, "limit price %v is no multiple of the tick %l"),
    LOT("core.lot", Reason.INVALID, "quantity %v is no multiple of the lot %l"),
    SIZE("core.size", Reason.INVALID, "price times quantity of %v is above %l"),
    REFERENCE("core.reference_price", Reason.NO_REFERENCE_PRICE, "a market order needs a reference price, there is %v"),
    ORDER_QTY("limit.max_order_qty", Reason.LIMIT_EXCEEDED, "quantity %v is above the limit %l"),
    ORDER_NOTIONAL("limit.max_order_notional", Reason.LIMIT_EXCEEDED, "order value %v is above the limit %l"),
    OPEN_ORDERS("limit.open_orders", Reason.LIMIT_EXCEEDED, "%v open orders reach the limit %l"),
    ORDER_RATE("limit.order_rate", Reason.LIMIT_EXCEEDED, "%v orders in the window reach the limit %l"),
    DUPLICATE("limit.duplicate_order", Reason.LIMIT_EXCEEDED, "an order with the same terms came less than %l ms ago"),
    BUYING_POWER("core.buying_power", Reason.INSUFFICIENT_BUYING_POWER, "the order needs %v, the buying power is %l"),
    POSITION("core.position", Reason.INSUFFICIENT_POSITION, "the order sells %v, available is %l");

    /** Version of the machine's own rules, as it stands in their verdicts. */
    static final String POLICY = "machine-1";

    private final String ruleName;
    private final Reason reason;
    private final String sentence;
    private final Verdict allowed;

    MachineRule(String ruleName, Reason reason, String sentence) {
        this.ruleName = ruleName;
        this.reason = reason;
        this.sentence = sentence;
        this.allowed = Verdict.allow(ruleName, "machine-1", Map.of());
    }

    Verdict allowed() {
        return allowed;
    }

    Verdict verdict(boolean allows, String value, String limit) {
        Map<String, String> inputs = Map.of("value", cut(value), "limit", cut(limit));
        String detail = allows ? "" : sentence.replace("%v", value).replace("%l", limit);
        return new Verdict(ruleName, allows, allows ? Reason.RULE_DENIED : reason, POLICY, detail, inputs);
    }

    private static String cut(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64);
    }
}
