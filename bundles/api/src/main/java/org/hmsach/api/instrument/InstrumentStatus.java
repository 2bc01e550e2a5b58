package org.hmsach.api.instrument;

/** Whether an instrument may be traded. */
public enum InstrumentStatus {
    /** Orders are taken. */
    ACTIVE,
    /** Trading is halted for now; open orders stay. */
    HALTED,
    /** No longer traded. */
    INACTIVE
}
