package org.hmsach.gov.checks.internal.rest;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.http.Body;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.rule.Limits;

/** Limits as JSON: decimals as strings, null for no limit, a field that is not named keeps its value. */
final class LimitsJson {
    private static final int NOTIONAL_DIGITS = 2;
    private static final long MAX_NOTIONAL = 10_000_000_000_000L;
    private static final long MAX_QTY = 10_000_000_000L;
    private static final long MAX_COUNT = 1_000_000_000L;
    private static final long DAY_MS = 86_400_000L;

    private LimitsJson() {}

    static Map<String, Object> write(Limits limits) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "maxOrderNotional",
                shown(limits.maxOrderNotionalMinor())
                        .map(minor -> BigDecimal.valueOf(minor, NOTIONAL_DIGITS).toPlainString())
                        .orElse(null));
        json.put("maxOrderQty", shown(limits.maxOrderQtyE8()).map(Scale8::text).orElse(null));
        json.put("maxOpenOrders", shown(limits.maxOpenOrders()).orElse(null));
        json.put("maxOrdersPerWindow", shown(limits.maxOrdersPerWindow()).orElse(null));
        json.put("windowMs", limits.windowMs());
        json.put("duplicateWindowMs", limits.duplicateWindowMs());
        return json;
    }

    static Limits read(Map<String, Object> fields, Limits present) {
        Body body = new Body(fields);
        Limits limits = new Limits(
                decimal(fields, body, "maxOrderNotional", NOTIONAL_DIGITS, present.maxOrderNotionalMinor()),
                decimal(fields, body, "maxOrderQty", 8, present.maxOrderQtyE8()),
                count(fields, body, "maxOpenOrders", present.maxOpenOrders()),
                count(fields, body, "maxOrdersPerWindow", present.maxOrdersPerWindow()),
                body.optionalInteger("windowMs", 1, DAY_MS).orElse(present.windowMs()),
                body.optionalInteger("duplicateWindowMs", 0, DAY_MS).orElse(present.duplicateWindowMs()));
        body.done();
        return limits;
    }

    private static long decimal(Map<String, Object> fields, Body body, String name, int scale, long present) {
        long max = scale == NOTIONAL_DIGITS ? MAX_NOTIONAL : MAX_QTY;
        return body.optionalPositive(name, scale, max).orElseGet(() -> absent(fields, name, present));
    }

    private static long count(Map<String, Object> fields, Body body, String name, long present) {
        return body.optionalInteger(name, 0, MAX_COUNT).orElseGet(() -> absent(fields, name, present));
    }

    /** Told to be null means no limit; not told means as before, so that a forgotten field lifts nothing. */
    private static long absent(Map<String, Object> fields, String name, long present) {
        return fields.containsKey(name) ? Limits.NONE : present;
    }

    private static Optional<Long> shown(long limit) {
        return limit == Limits.NONE ? Optional.empty() : Optional.of(limit);
    }
}
