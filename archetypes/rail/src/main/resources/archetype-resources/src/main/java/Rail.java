package ${package};

import org.hmsach.api.transfer.Transfer;
import org.hmsach.spi.mfe.PaymentRail;
import org.osgi.service.component.annotations.Component;

/** Completes every approved transfer at once. Put your bank here. A transfer chooses it: {@code "rail": "${artifactId}"}. */
@Component
public final class Rail implements PaymentRail {
    @Override
    public String name() {
        return "${artifactId}";
    }

    /** Whether an operator approves each transfer before it is sent. */
    @Override
    public boolean needsApproval(Transfer transfer) {
        return true;
    }

    /** You have 2 s to take it; the answer may come later. The same transfer may come again: act once. */
    @Override
    public void send(Transfer transfer, Reports reports) {
        reports.completed(transfer.id(), "moved by ${artifactId}");
    }
}
