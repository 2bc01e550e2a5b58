package org.hmsach.api.transfer;

/** Which way the cash goes. */
public enum Direction {
    /** From the bank to the account: a deposit. */
    INCOMING,
    /** From the account to the bank: a withdrawal. */
    OUTGOING
}
