package org.hmsach.api.order;

/** Time in force (FIX tag 59). */
public enum TimeInForce {
    /** Until the close of the business date it was accepted on. */
    DAY,
    /** Until canceled. */
    GTC,
    /** What can be filled at once; the rest is canceled. */
    IOC,
    /** All at once or nothing. */
    FOK
}
