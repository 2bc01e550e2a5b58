package org.hmsach.api.order;

/** Side of an order (FIX tag 54). */
public enum Side {
    BUY,
    SELL
}
