package org.hmsach.gateway.internal.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.TimeInForce;

/** Orders in the dialect's words. */
public final class OrderJson {
    private static final int PRICE_DIGITS = 8;

    private OrderJson() {}

    /** The order as the dialect shows it. */
    public static Map<String, Object> of(Order order) {
        OrderRequest asked = order.request();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", order.id());
        json.put("client_order_id", asked.clientOrderId());
        json.put("created_at", Times.text(order.createdMs()));
        json.put("updated_at", Times.text(order.updatedMs()));
        json.put("submitted_at", Times.text(order.createdMs()));
        json.put("filled_at", order.filledE8() > 0 ? Times.text(order.updatedMs()) : null);
        json.put("expired_at", when(order, OrderState.EXPIRED));
        json.put("canceled_at", when(order, OrderState.CANCELED));
        json.put("failed_at", when(order, OrderState.REJECTED));
        json.put("replaced_at", when(order, OrderState.REPLACED));
        json.put("replaced_by", order.replacedBy().orElse(null));
        json.put("replaces", order.replaces().orElse(null));
        json.put("filled_qty", Scale8.text(order.filledE8()));
        json.put("filled_avg_price", averagePrice(order).orElse(null));
        json.put("status", lower(order.state()));
        fixed(json, asked);
        terms(json, asked.timeInForce(), asked.qtyE8(), asked.limitPriceE8());
        json.put("side", lower(asked.side()));
        json.put("venue", order.venue());
        order.refusal().ifPresent(refused -> {
            json.put("reject_reason", refused.detail());
            json.put("reject_rule", refused.rule());
        });
        return json;
    }

    /** The order that will stand when the venue has replaced the given one: it has an id, but no life yet. */
    public static Map<String, Object> toCome(Order old, Replacement terms) {
        Map<String, Object> json = of(old);
        json.put("id", terms.newId());
        json.put("client_order_id", terms.clientOrderId());
        json.put("created_at", Times.text(old.updatedMs()));
        json.put("submitted_at", Times.text(old.updatedMs()));
        json.put("filled_at", null);
        json.put("replaces", old.id());
        json.put("filled_qty", "0");
        json.put("filled_avg_price", null);
        json.put("status", "pending_new");
        terms(json, terms.timeInForce(), terms.qtyE8() - old.filledE8(), terms.limitPriceE8());
        return json;
    }

    /** The enum's name in lower case. */
    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void fixed(Map<String, Object> json, OrderRequest asked) {
        json.put("asset_id", assetId(asked.symbol()));
        json.put("symbol", asked.symbol());
        json.put("order_type", lower(asked.type()));
        json.put("type", lower(asked.type()));
        json.put("asset_class", "us_equity");
        json.put("notional", null);
        json.put("order_class", "simple");
        json.put("stop_price", null);
        json.put("extended_hours", false);
        json.put("legs", null);
        json.put("trail_percent", null);
        json.put("trail_price", null);
        json.put("hwm", null);
    }

    private static void terms(Map<String, Object> json, TimeInForce timeInForce, long qtyE8, OptionalLong limitE8) {
        json.put("qty", Scale8.text(qtyE8));
        json.put("time_in_force", lower(timeInForce));
        json.put("limit_price", limitE8.isPresent() ? Scale8.text(limitE8.getAsLong()) : null);
    }

    /** The asset id follows from the symbol alone, so an instrument that is gone still has one. */
    static UUID assetId(String symbol) {
        return new Instrument(symbol, Currency.USD, 1, 1, InstrumentStatus.INACTIVE, "none").assetId();
    }

    private static Optional<String> averagePrice(Order order) {
        if (order.filledE8() == 0) {
            return Optional.empty();
        }
        BigDecimal average = Scale8.toDecimal(order.filledValueE8())
                .divide(Scale8.toDecimal(order.filledE8()), PRICE_DIGITS, RoundingMode.HALF_EVEN);
        return Optional.of(Scale8.text(Scale8.fromDecimal(average)));
    }

    private static String when(Order order, OrderState state) {
        return order.state() == state ? Times.text(order.updatedMs()) : null;
    }
}
