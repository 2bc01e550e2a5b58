package org.hmsach.api.order;

import java.util.Set;

/**
 * State of an order, with the whole transition table (FIX tag 39).
 *
 * <p>A pending state stays pending while fills arrive ({@code filled} grows); when the venue refuses the request the
 * order goes back to NEW or PARTIALLY_FILLED, whichever its filled quantity says.
 */
public enum OrderState {
    NEW,
    PARTIALLY_FILLED,
    PENDING_CANCEL,
    PENDING_REPLACE,
    FILLED,
    CANCELED,
    EXPIRED,
    REJECTED,
    REPLACED;

    private static final Set<OrderState> FROM_NEW =
            Set.of(PENDING_CANCEL, PENDING_REPLACE, PARTIALLY_FILLED, FILLED, CANCELED, EXPIRED, REJECTED);
    private static final Set<OrderState> FROM_PARTIALLY_FILLED =
            Set.of(PARTIALLY_FILLED, PENDING_CANCEL, PENDING_REPLACE, FILLED, CANCELED, EXPIRED);
    private static final Set<OrderState> FROM_PENDING_CANCEL =
            Set.of(PENDING_CANCEL, CANCELED, FILLED, EXPIRED, NEW, PARTIALLY_FILLED);
    private static final Set<OrderState> FROM_PENDING_REPLACE =
            Set.of(PENDING_REPLACE, PENDING_CANCEL, REPLACED, FILLED, CANCELED, EXPIRED, NEW, PARTIALLY_FILLED);

    /**
     * Whether the table has the step from this state to the other. Staying in a state counts only where fills may
     * arrive.
     */
    public boolean canBecome(OrderState other) {
        return switch (this) {
            case NEW -> FROM_NEW.contains(other);
            case PARTIALLY_FILLED -> FROM_PARTIALLY_FILLED.contains(other);
            case PENDING_CANCEL -> FROM_PENDING_CANCEL.contains(other);
            case PENDING_REPLACE -> FROM_PENDING_REPLACE.contains(other);
            case FILLED, CANCELED, EXPIRED, REJECTED, REPLACED -> false;
        };
    }

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return this == FILLED || this == CANCELED || this == EXPIRED || this == REJECTED || this == REPLACED;
    }
}
