package org.hmsach.ops.internal.shadow;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderProposal;

/** One order of the live traffic: what the checks saw, what the serving ones said, what it became, and when. */
record Judged(OrderProposal proposal, List<Verdict> verdicts, Optional<UUID> order, long atMs) {
    Subject subject() {
        return new Subject(proposal.request(), order, atMs);
    }
}
