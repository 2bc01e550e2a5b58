package org.hmsach.api.intake;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.order.TimeInForce;

/** Terms to change; empty ones stay. {@code clientOrderId} names the replacing order. */
public record ReplaceRequest(
        UUID order,
        String clientOrderId,
        OptionalLong qtyE8,
        OptionalLong limitPriceE8,
        Optional<TimeInForce> timeInForce) {}
