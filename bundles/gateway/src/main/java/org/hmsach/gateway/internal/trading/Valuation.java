package org.hmsach.gateway.internal.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.ReferencePrice;

/**
 * An account at current prices, in the dialect's words. A position is valued at the market's mark, else at the last
 * journalled one, else at its cost.
 */
public final class Valuation {
    private static final int RATIO_DIGITS = 6;

    private final Portfolio portfolio;
    private final Prices prices;

    public Valuation(Portfolio portfolio, Prices prices) {
        this.portfolio = portfolio;
        this.prices = prices;
    }

    /** The account. */
    public Map<String, Object> account(Account account) {
        long marketMinor = 0;
        for (Position position : account.positions()) {
            marketMinor = Math.addExact(marketMinor, marketMinor(account, position));
        }
        long equityMinor = Math.addExact(account.cashMinor(), marketMinor);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", account.id());
        json.put("account_number", account.id());
        json.put("status", "ACTIVE");
        json.put("crypto_status", "INACTIVE");
        json.put("currency", account.currency().code());
        json.put("cash", text(account, account.cashMinor()));
        json.put("settled_cash", text(account, account.settledMinor()));
        json.put("unsettled_cash", text(account, account.unsettledMinor()));
        json.put("reserved_cash", text(account, account.reservedMinor()));
        json.put("pending_transfer_out", text(account, account.heldMinor()));
        json.put("cash_withdrawable", text(account, account.withdrawableMinor()));
        for (String name : List.of("buying_power", "regt_buying_power", "non_marginable_buying_power")) {
            json.put(name, text(account, account.buyingPowerMinor()));
        }
        json.put("equity", text(account, equityMinor));
        json.put("portfolio_value", text(account, equityMinor));
        json.put("last_equity", text(account, account.lastDayEquityMinor()));
        json.put("long_market_value", text(account, marketMinor));
        json.put("position_market_value", text(account, marketMinor));
        for (String none : List.of("short_market_value", "initial_margin", "maintenance_margin", "accrued_fees")) {
            json.put(none, "0");
        }
        json.put("multiplier", "1");
        json.put("shorting_enabled", false);
        json.put("pattern_day_trader", false);
        json.put("account_blocked", account.blocked());
        json.put("trading_blocked", account.blocked() || portfolio.killSwitch());
        json.put("transfers_blocked", false);
        json.put("trade_suspended_by_user", false);
        json.put("open_orders", account.openOrders());
        json.put("created_at", Times.text(account.createdMs()));
        json.put("balance_asof", portfolio.businessDate().map(Object::toString).orElse(null));
        return json;
    }

    /** All positions. */
    public List<Map<String, Object>> positions(Account account) {
        return account.positions().stream().map(p -> position(account, p)).toList();
    }

    /** The prices that the positions are valued at, in their order; empty where it is the cost. */
    public List<Optional<ReferencePrice>> marks(Account account) {
        return account.positions().stream().map(p -> mark(p.symbol())).toList();
    }

    /** One position. */
    public Map<String, Object> position(Account account, Position position) {
        long marketMinor = marketMinor(account, position);
        long gainMinor = Math.subtractExact(marketMinor, position.totalCostMinor());
        BigDecimal qty = Scale8.toDecimal(position.qtyE8());
        BigDecimal cost = minor(account, position.totalCostMinor());
        Optional<ReferencePrice> mark = mark(position.symbol());
        Optional<Long> closing = portfolio.businessDate().flatMap(d -> prices.closeBefore(position.symbol(), d));
        BigDecimal now =
                mark.map(m -> Scale8.toDecimal(m.priceE8())).orElse(cost.divide(qty, 8, RoundingMode.HALF_EVEN));
        BigDecimal before = closing.map(Scale8::toDecimal).orElse(now);
        long todayMinor = now.subtract(before)
                .multiply(qty)
                .movePointRight(account.currency().digits())
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("asset_id", OrderJson.assetId(position.symbol()));
        json.put("symbol", position.symbol());
        json.put("exchange", "NYSE");
        json.put("asset_class", "us_equity");
        json.put("asset_marginable", false);
        json.put("qty", Scale8.text(position.qtyE8()));
        json.put("qty_available", Scale8.text(position.availableE8()));
        json.put("qty_settled", Scale8.text(position.settledE8()));
        json.put("side", "long");
        json.put("avg_entry_price", plain(cost.divide(qty, 6, RoundingMode.HALF_EVEN)));
        json.put("cost_basis", text(account, position.totalCostMinor()));
        json.put("market_value", text(account, marketMinor));
        json.put("unrealized_pl", text(account, gainMinor));
        json.put("unrealized_plpc", ratio(gainMinor, position.totalCostMinor()));
        json.put("unrealized_intraday_pl", text(account, todayMinor));
        json.put("unrealized_intraday_plpc", ratio(todayMinor, marketMinor - todayMinor));
        json.put("realized_pl", text(account, position.realisedMinor()));
        json.put("current_price", plain(now));
        json.put("price_source", mark.map(ReferencePrice::source).orElse("cost"));
        json.put("lastday_price", plain(before));
        json.put("change_today", plain(now.subtract(before).divide(before, RATIO_DIGITS, RoundingMode.HALF_EVEN)));
        return json;
    }

    private long marketMinor(Account account, Position position) {
        return mark(position.symbol())
                .map(mark -> Scale8.cashMinor(
                        mark.priceE8(), position.qtyE8(), account.currency().digits(), RoundingMode.HALF_EVEN))
                .orElse(position.totalCostMinor());
    }

    private Optional<ReferencePrice> mark(String symbol) {
        return prices.mark(symbol).or(() -> portfolio.mark(symbol));
    }

    private static String text(Account account, long minor) {
        return new Money(account.currency(), minor).decimal();
    }

    private static BigDecimal minor(Account account, long minor) {
        return BigDecimal.valueOf(minor, account.currency().digits());
    }

    private static String ratio(long partMinor, long wholeMinor) {
        return wholeMinor == 0
                ? "0"
                : plain(BigDecimal.valueOf(partMinor)
                        .divide(BigDecimal.valueOf(wholeMinor), RATIO_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }
}
