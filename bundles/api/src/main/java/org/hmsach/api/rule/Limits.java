package org.hmsach.api.rule;

/**
 * The stateful limits that the machine applies to each order of an account. {@link #NONE} means no limit.
 *
 * @param maxOrderNotionalMinor largest price x quantity of one order, minor units ({@code limit.max_order_notional})
 * @param maxOrderQtyE8         largest quantity of one order, scale 8 ({@code limit.max_order_qty})
 * @param maxOpenOrders         most orders open at once ({@code limit.open_orders})
 * @param maxOrdersPerWindow    most orders within {@code windowMs} of journalled time ({@code limit.order_rate})
 * @param windowMs              length of the rate window, milliseconds, 1 to 86,400,000
 * @param duplicateWindowMs     an order with the same symbol, side, quantity and price within this time is refused;
 *                              0 switches the rule off ({@code limit.duplicate_order})
 */
public record Limits(
        long maxOrderNotionalMinor,
        long maxOrderQtyE8,
        long maxOpenOrders,
        long maxOrdersPerWindow,
        long windowMs,
        long duplicateWindowMs) {
    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    /**
     * What applies until compliance sets something else: 1,000,000.00 a order, 1,000,000 units, 1,000 open orders,
     * 10,000 orders in 10 seconds, no duplicate window.
     */
    public static final Limits INITIAL = new Limits(100_000_000L, 100_000_000_000_000L, 1_000, 10_000, 10_000, 0);

    public Limits {
        positive("maxOrderNotionalMinor", maxOrderNotionalMinor);
        positive("maxOrderQtyE8", maxOrderQtyE8);
        positive("maxOpenOrders", maxOpenOrders);
        positive("maxOrdersPerWindow", maxOrdersPerWindow);
        if (windowMs < 1 || windowMs > 86_400_000) {
            throw new IllegalArgumentException("windowMs " + windowMs + " is outside 1 to 86400000");
        }
        if (duplicateWindowMs < 0 || duplicateWindowMs > 86_400_000) {
            throw new IllegalArgumentException("duplicateWindowMs " + duplicateWindowMs + " is outside 0 to 86400000");
        }
    }

    private static void positive(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " " + value + " is below 0");
        }
    }
}
