package org.hmsach.api.order;

/** Order type (FIX tag 40). */
public enum OrderType {
    MARKET,
    LIMIT
}
