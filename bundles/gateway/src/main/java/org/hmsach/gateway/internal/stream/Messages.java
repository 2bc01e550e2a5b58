package org.hmsach.gateway.internal.stream;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.account.Account;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.tape.Events.OrderEvent;
import org.hmsach.gateway.internal.json.StrictJson;
import org.hmsach.gateway.internal.trading.OrderJson;
import org.hmsach.gateway.internal.trading.Valuation;
import org.hmsach.spi.mkt.Quote;

/** Texts of the streams. Every message of the tape carries its number, which is the cursor to resume from. */
final class Messages {
    private final StrictJson json;
    private final Portfolio portfolio;
    private final Valuation valuation;

    Messages(StrictJson json, Portfolio portfolio, Valuation valuation) {
        this.json = json;
        this.portfolio = portfolio;
        this.valuation = valuation;
    }

    Message authorization(boolean authorized) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("action", "authenticate");
        data.put("status", authorized ? "authorized" : "unauthorized");
        return message("authorization", data);
    }

    Message listening(Collection<String> streams, long tapeNumber) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("stream", "listening");
        whole.put("tape", tapeNumber);
        whole.put("data", Map.of("streams", List.copyOf(streams)));
        return Message.of(json.write(whole));
    }

    Message error(String text) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("action", "error");
        whole.put("data", Map.of("error_message", text));
        return Message.of(json.write(whole));
    }

    /** Events between the two numbers will not be sent. */
    Message gap(long after, long upTo, String why) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("since", after);
        data.put("next", upTo + 1);
        data.put("reason", why);
        return message("gap", data);
    }

    Message tradeUpdate(OrderEvent event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("event", OrderJson.lower(event.kind()));
        data.put("timestamp", Instant.ofEpochMilli(event.header().timeMs()).toString());
        data.put("order", OrderJson.of(event.order()));
        event.execution().ifPresent(fill -> {
            data.put("execution_id", fill.venue() + ":" + fill.execId());
            data.put("price", Scale8.text(fill.priceE8()));
            data.put("qty", Scale8.text(fill.qtyE8()));
            data.put("position_qty", positionQty(event));
        });
        if (!event.detail().isEmpty()) {
            data.put("detail", event.detail());
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("stream", "trade_updates");
        whole.put("tape", event.header().number());
        whole.put("data", data);
        return Message.of(json.write(whole));
    }

    Message portfolio(Account account) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("account", valuation.account(account));
        data.put("positions", valuation.positions(account));
        return message("portfolio", data);
    }

    Message quote(Quote quote) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("symbol", quote.symbol());
        data.put("bid", Scale8.text(quote.bidE8()));
        data.put("bidSize", Scale8.text(quote.bidQtyE8()));
        data.put("ask", Scale8.text(quote.askE8()));
        data.put("askSize", Scale8.text(quote.askQtyE8()));
        data.put("time", Instant.ofEpochMilli(quote.timeMs()).toString());
        data.put("source", quote.source());
        return message("quotes", data);
    }

    private String positionQty(OrderEvent event) {
        return portfolio
                .account(event.order().account())
                .flatMap(account -> account.position(event.order().request().symbol()))
                .map(position -> Scale8.text(position.qtyE8()))
                .orElse("0");
    }

    private Message message(String stream, Object data) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("stream", stream);
        whole.put("data", data);
        return Message.of(json.write(whole));
    }
}
