package org.hmsach.spi.gov;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.rule.Verdict;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what the checks said about each order and replacement that went through the door, previews left out. Register
 * it as an OSGi service.
 *
 * <p>Thread-safe. It is told on the way of the answer: it returns at once and does its work elsewhere. What it throws
 * is logged and changes nothing.
 */
@ConsumerType
public interface JudgementListener {
    /**
     * One order was judged and answered.
     *
     * @param proposal what the checks saw
     * @param verdicts what they said: those of the required rules, and of the others that answered
     * @param order    id of the order, also of one that was refused; empty when it left none
     */
    void judged(OrderProposal proposal, List<Verdict> verdicts, Optional<UUID> order);
}
