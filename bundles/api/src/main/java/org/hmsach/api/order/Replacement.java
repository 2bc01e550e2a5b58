package org.hmsach.api.order;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The terms that a replace request wants for an order; the replacing order gets a new id.
 *
 * @param newId         id of the order that will replace the old one
 * @param clientOrderId client order id of the replacing order
 * @param timeInForce   time in force of the replacing order
 * @param qtyE8         new total quantity including what the old order has filled, scale 8, above that
 * @param limitPriceE8  new limit price, scale 8; present exactly for limit orders
 */
public record Replacement(
        UUID newId, String clientOrderId, TimeInForce timeInForce, long qtyE8, OptionalLong limitPriceE8) {
    public Replacement {
        Objects.requireNonNull(newId, "newId");
        Objects.requireNonNull(clientOrderId, "clientOrderId");
        Objects.requireNonNull(timeInForce, "timeInForce");
        Objects.requireNonNull(limitPriceE8, "limitPriceE8");
    }
}
