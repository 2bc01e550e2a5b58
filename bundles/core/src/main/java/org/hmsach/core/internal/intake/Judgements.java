package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.JudgementListener;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where the core tells others what the checks said. */
@Component(service = Judgements.class)
public final class Judgements {
    private static final Logger LOG = LoggerFactory.getLogger(Judgements.class);

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<JudgementListener> listeners = List.of();

    /** Nobody at first. */
    @Activate
    public Judgements() {
        this(List.of());
    }

    Judgements(List<JudgementListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(OrderProposal proposal, List<Verdict> verdicts, Optional<UUID> order) {
        for (JudgementListener listener : listeners) {
            try {
                listener.judged(proposal, verdicts, order);
            } catch (RuntimeException | LinkageError e) { // somebody else's code
                LOG.warn("{} does not take a judgement", listener.getClass().getName(), e);
            }
        }
    }
}
