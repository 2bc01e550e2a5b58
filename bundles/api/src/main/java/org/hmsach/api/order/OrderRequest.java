package org.hmsach.api.order;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.id.Shape;

/**
 * What a client asks for: one order of one account.
 *
 * @param account       the account
 * @param clientOrderId 1 to 128 printable ASCII characters, unique within the account
 * @param symbol        the instrument
 * @param side          buy or sell
 * @param type          market or limit
 * @param timeInForce   how long it lives
 * @param qtyE8         quantity, scale 8, above 0
 * @param limitPriceE8  limit price, scale 8, above 0; present exactly for limit orders
 */
public record OrderRequest(
        UUID account,
        String clientOrderId,
        String symbol,
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        long qtyE8,
        OptionalLong limitPriceE8) {
    /** The shape of a client order id. */
    public static final String CLIENT_ORDER_ID_PATTERN = "[\\x21-\\x7e]{1,128}";

    public OrderRequest {
        Objects.requireNonNull(account, "account");
        if (!Shape.isPrintable(clientOrderId, 128)) {
            throw new IllegalArgumentException("clientOrderId is not 1 to 128 printable ASCII characters");
        }
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(timeInForce, "timeInForce");
        if (qtyE8 <= 0) {
            throw new IllegalArgumentException("qtyE8 " + qtyE8 + " is not above 0");
        }
        if ((type == OrderType.LIMIT) != limitPriceE8.isPresent()) {
            throw new IllegalArgumentException("a limit price belongs to limit orders, and only to them");
        }
        if (limitPriceE8.isPresent() && limitPriceE8.getAsLong() <= 0) {
            throw new IllegalArgumentException("limitPriceE8 " + limitPriceE8.getAsLong() + " is not above 0");
        }
    }
}
