package org.hmsach.api.intake;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;

/**
 * What would happen to an order if it were sent now.
 *
 * @param accepted    whether it would be accepted
 * @param reference   price it would be judged by
 * @param costMinor   price x quantity at the reference (limit orders: at the limit), minor units
 * @param feeMinor    fee estimate, minor units
 * @param reserveMinor what a buy would reserve, minor units
 * @param verdicts    answer of each rule, required checks first, then the machine's own
 */
public record Preview(
        boolean accepted,
        Optional<ReferencePrice> reference,
        long costMinor,
        long feeMinor,
        long reserveMinor,
        List<Verdict> verdicts) {}
