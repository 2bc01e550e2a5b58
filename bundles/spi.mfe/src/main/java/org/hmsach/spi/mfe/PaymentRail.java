package org.hmsach.spi.mfe;

import java.util.UUID;
import org.hmsach.api.transfer.Transfer;
import org.osgi.annotation.versioning.ConsumerType;

/** A way for cash to travel between bank and account. Register it as a service; mfe.ach chooses by name. */
@ConsumerType
public interface PaymentRail {
    /** Where a rail tells what became of a transfer; thread-safe. */
    interface Reports {
        /** On its way. */
        void sent(UUID transfer, String detail);

        /** The money has moved. */
        void completed(UUID transfer, String detail);

        /** Not done. */
        void rejected(UUID transfer, String detail);

        /** Came back after it was done. */
        void returned(UUID transfer, String detail);
    }

    /** Name, {@code [a-z0-9-]{1,32}}. */
    String name();

    /** Whether a person must approve each transfer before it is sent. */
    boolean needsApproval(Transfer transfer);

    /** Sends an approved (PENDING) transfer. May be called again after a crash with the same transfer: act once. */
    void send(Transfer transfer, Reports reports);
}
