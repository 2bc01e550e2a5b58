package org.hmsach.gateway.internal.trading;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.intake.ReplaceRequest;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.gateway.internal.problem.Problems;

/** Reads orders in the dialect's words; whatever is wrong is told with field, value and limit. */
final class OrderParser {
    private static final long MAX_QTY = 1_000_000_000;
    private static final long MAX_PRICE = 10_000_000;
    private static final int SCALE = 8;

    private final Portfolio portfolio;

    OrderParser(Portfolio portfolio) {
        this.portfolio = portfolio;
    }

    /** A new order of the account. */
    OrderRequest order(UUID account, Map<String, Object> fields) {
        Body body = new Body(fields);
        refuseNotional(body);
        String symbol = body.text("symbol", 16);
        Side side = body.choice("side", Side.class);
        OrderType type = body.choice("type", OrderType.class);
        TimeInForce timeInForce = body.choice("time_in_force", TimeInForce.class);
        long qtyE8 = body.positive("qty", SCALE, MAX_QTY);
        Optional<Long> limitE8 = body.optionalPositive("limit_price", SCALE, MAX_PRICE);
        String clientOrderId = body.has("client_order_id")
                ? body.text("client_order_id", OrderRequest.CLIENT_ORDER_ID_PATTERN)
                : UUID.randomUUID().toString();
        only(body, "order_class", "simple", "");
        only(body, "position_intent", side == Side.BUY ? "buy_to_open" : "sell_to_close");
        refuseExtendedHours(body);
        body.done();
        Instrument instrument = instrument(symbol);
        multiple("qty", qtyE8, instrument.lotE8());
        if (type == OrderType.LIMIT && limitE8.isEmpty()) {
            throw Body.missing("limit_price", "a decimal above 0 when type is limit");
        }
        if (type == OrderType.MARKET && limitE8.isPresent()) {
            throw wrong("limit_price", Scale8.text(limitE8.get()), "absent when type is market");
        }
        limitE8.ifPresent(price -> multiple("limit_price", price, instrument.tickE8()));
        return new OrderRequest(account, clientOrderId, symbol, side, type, timeInForce, qtyE8, optional(limitE8));
    }

    /** New terms of an order. */
    ReplaceRequest replacement(Order order, Map<String, Object> fields) {
        Body body = new Body(fields);
        refuseNotional(body);
        Optional<Long> qtyE8 = body.optionalPositive("qty", SCALE, MAX_QTY);
        Optional<Long> limitE8 = body.optionalPositive("limit_price", SCALE, MAX_PRICE);
        Optional<TimeInForce> timeInForce = body.optionalChoice("time_in_force", TimeInForce.class);
        String clientOrderId = body.has("client_order_id")
                ? body.text("client_order_id", OrderRequest.CLIENT_ORDER_ID_PATTERN)
                : UUID.randomUUID().toString();
        body.done();
        if (qtyE8.isEmpty() && limitE8.isEmpty() && timeInForce.isEmpty()) {
            throw Body.missing("qty", "there, or limit_price or time_in_force: a replacement changes something");
        }
        if (order.request().type() == OrderType.MARKET && limitE8.isPresent()) {
            throw wrong("limit_price", Scale8.text(limitE8.get()), "absent when the order's type is market");
        }
        Instrument instrument = instrument(order.request().symbol());
        qtyE8.ifPresent(qty -> multiple("qty", qty, instrument.lotE8()));
        limitE8.ifPresent(price -> multiple("limit_price", price, instrument.tickE8()));
        return new ReplaceRequest(order.id(), clientOrderId, optional(qtyE8), optional(limitE8), timeInForce);
    }

    private Instrument instrument(String symbol) {
        if (portfolio.instruments().isEmpty()) {
            throw UnavailableException.moduleAbsent("mkt.data", "no instrument is defined and orders cannot be placed");
        }
        return portfolio
                .instrument(symbol)
                .orElseThrow(() -> new ProblemException(new Problem(
                        422,
                        42_210_000,
                        "UNKNOWN_SYMBOL",
                        "symbol '" + symbol + "' is not an instrument here",
                        Optional.of("symbol"),
                        Optional.of(symbol),
                        Optional.of("one of /v2/assets"),
                        Optional.empty())));
    }

    private static void refuseNotional(Body body) {
        if (body.has("notional")) {
            throw wrong("notional", body.text("notional", 40), "absent: orders are placed by qty");
        }
    }

    private static void refuseExtendedHours(Body body) {
        if (body.optionalFlag("extended_hours").orElse(false)) {
            throw wrong("extended_hours", "true", "false: there is one session");
        }
    }

    private static void only(Body body, String field, String... allowed) {
        if (!body.has(field)) {
            return;
        }
        String value = body.text(field, ".{0,40}");
        for (String one : allowed) {
            if (one.equals(value)) {
                return;
            }
        }
        throw wrong(field, value, allowed[0]);
    }

    private static void multiple(String field, long valueE8, long stepE8) {
        if (valueE8 % stepE8 != 0) {
            throw wrong(field, Scale8.text(valueE8), "a multiple of " + Scale8.text(stepE8));
        }
    }

    private static OptionalLong optional(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static ProblemException wrong(String field, String value, String limit) {
        Problem problem = Problems.parameter(field, value, limit);
        return new ProblemException(Problem.field(field, value, limit, problem.message()));
    }
}
