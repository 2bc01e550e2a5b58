package org.hmsach.core.internal.sim;

import java.util.List;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.transfer.TransferState;

/** The two transition tables, written down a second time from the design. */
final class TwinTables {
    private static final List<String> ORDER_STEPS = List.of(
            "NEW PENDING_CANCEL",
            "NEW PENDING_REPLACE",
            "NEW PARTIALLY_FILLED",
            "NEW FILLED",
            "NEW CANCELED",
            "NEW EXPIRED",
            "NEW REJECTED",
            "PARTIALLY_FILLED PARTIALLY_FILLED",
            "PARTIALLY_FILLED PENDING_CANCEL",
            "PARTIALLY_FILLED PENDING_REPLACE",
            "PARTIALLY_FILLED FILLED",
            "PARTIALLY_FILLED CANCELED",
            "PARTIALLY_FILLED EXPIRED",
            "PENDING_CANCEL PENDING_CANCEL",
            "PENDING_CANCEL CANCELED",
            "PENDING_CANCEL FILLED",
            "PENDING_CANCEL EXPIRED",
            "PENDING_CANCEL NEW",
            "PENDING_CANCEL PARTIALLY_FILLED",
            "PENDING_REPLACE PENDING_REPLACE",
            "PENDING_REPLACE REPLACED",
            "PENDING_REPLACE FILLED",
            "PENDING_REPLACE CANCELED",
            "PENDING_REPLACE EXPIRED",
            "PENDING_REPLACE NEW",
            "PENDING_REPLACE PARTIALLY_FILLED");

    private static final List<String> TRANSFER_STEPS = List.of(
            "QUEUED APPROVAL_PENDING",
            "QUEUED PENDING",
            "QUEUED REJECTED",
            "QUEUED CANCELED",
            "APPROVAL_PENDING PENDING",
            "APPROVAL_PENDING REJECTED",
            "APPROVAL_PENDING CANCELED",
            "PENDING SENT_TO_CLEARING",
            "PENDING COMPLETE",
            "PENDING REJECTED",
            "PENDING CANCELED",
            "SENT_TO_CLEARING COMPLETE",
            "SENT_TO_CLEARING REJECTED",
            "SENT_TO_CLEARING RETURNED",
            "COMPLETE RETURNED");

    private TwinTables() {}

    static boolean orderMayStep(OrderState from, OrderState to) {
        return ORDER_STEPS.contains(from + " " + to);
    }

    static boolean transferMayStep(TransferState from, TransferState to) {
        return TRANSFER_STEPS.contains(from + " " + to);
    }
}
