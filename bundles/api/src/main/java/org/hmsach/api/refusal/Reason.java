package org.hmsach.api.refusal;

/** Why something was refused. Names are stable and appear in the HTTP API and on the tape. */
public enum Reason {
    /** A field is missing, malformed or outside its limits. */
    INVALID,
    /** The thing named does not exist, or is not visible to the caller. */
    NOT_FOUND,
    /** The caller may not act on the account. */
    NOT_AUTHORISED,
    /** The same id was used before with another body. */
    ID_REUSED,
    /** A module's command with this cause, or an execution with this id, was already taken. */
    ALREADY_DONE,
    /** A required rule gave no allow-verdict because its check is not there. */
    GOV_CHECK_MISSING,
    /** A required rule gave no allow-verdict in time. */
    GOV_CHECK_TIMEOUT,
    /** A required rule's check threw. */
    GOV_CHECK_FAILED,
    /** A rule said no. */
    RULE_DENIED,
    /** A limit of the machine is exceeded. */
    LIMIT_EXCEEDED,
    /** Cash and reservations do not cover the order or withdrawal. */
    INSUFFICIENT_BUYING_POWER,
    /** The account does not hold what is to be sold. */
    INSUFFICIENT_POSITION,
    /** The instrument is unknown. */
    UNKNOWN_SYMBOL,
    /** The instrument or the organisation is halted or restricted. */
    HALTED,
    /** No session is open for the order. */
    SESSION_CLOSED,
    /** No reference price is known. */
    NO_REFERENCE_PRICE,
    /** The transition is not in the table. */
    ILLEGAL_TRANSITION,
    /** A report belongs to an older incarnation of a venue. */
    STALE_INCARNATION,
    /** The command is not known to this machine version. */
    UNSUPPORTED
}
