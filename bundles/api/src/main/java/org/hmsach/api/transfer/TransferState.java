package org.hmsach.api.transfer;

import java.util.Set;

/** State of a transfer, with its transition table. */
public enum TransferState {
    /** Taken; an outgoing amount is held. */
    QUEUED,
    /** A person must approve it. */
    APPROVAL_PENDING,
    /** Approved, not yet sent to the bank. */
    PENDING,
    /** Sent over the rail. */
    SENT_TO_CLEARING,
    /** The money has moved; incoming cash is credited, outgoing cash is debited. */
    COMPLETE,
    /** Refused by a person or by the rail; a hold is released. */
    REJECTED,
    /** Taken back by the customer before it was sent. */
    CANCELED,
    /** Came back from the bank after COMPLETE; the posting is reversed. */
    RETURNED;

    private static final Set<TransferState> OPEN = Set.of(QUEUED, APPROVAL_PENDING, PENDING, SENT_TO_CLEARING);

    /** Whether the table has the step from this state to the other. */
    public boolean canBecome(TransferState other) {
        return switch (this) {
            case QUEUED -> other == APPROVAL_PENDING || other == PENDING || other == REJECTED || other == CANCELED;
            case APPROVAL_PENDING -> other == PENDING || other == REJECTED || other == CANCELED;
            case PENDING -> other == SENT_TO_CLEARING || other == COMPLETE || other == REJECTED || other == CANCELED;
            case SENT_TO_CLEARING -> other == COMPLETE || other == REJECTED || other == RETURNED;
            case COMPLETE -> other == RETURNED;
            case REJECTED, CANCELED, RETURNED -> false;
        };
    }

    /** Whether an outgoing amount is held in this state. */
    public boolean isOpen() {
        return OPEN.contains(this);
    }
}
