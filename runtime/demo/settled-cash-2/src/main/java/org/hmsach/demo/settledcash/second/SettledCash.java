package org.hmsach.demo.settledcash.second;

import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.account.Position;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.service.component.annotations.Component;

/**
 * Counts good-faith violations: buying with unsettled proceeds and selling before settlement. An account with three of
 * them buys with settled cash only.
 *
 * <p>Judges by the orders it let pass, not by their fills, and from when it was started: enough to show what a stricter
 * version of a rule does, not a rule to run a business on.
 */
@Component
public final class SettledCash implements OrderCheck {
    static final String RULE = "demo.settled-cash";
    static final int MOST_VIOLATIONS = 3;
    private static final String VERSION = "2.0.0";

    /** Of one account on one business date. */
    private static final class Day {
        private final Optional<LocalDate> date;
        private final Set<String> boughtWithProceeds = new HashSet<>();
        private long boughtMinor;

        private Day(Optional<LocalDate> date) {
            this.date = date;
        }
    }

    private final Map<UUID, Day> days = new HashMap<>();
    private final Map<UUID, Integer> violations = new HashMap<>();

    @Override
    public String rule() {
        return RULE;
    }

    @Override
    public synchronized Verdict check(OrderProposal proposal) {
        UUID account = proposal.account().id();
        Day day = days.get(account);
        if (day == null || !day.date.equals(proposal.businessDate())) {
            day = new Day(proposal.businessDate());
        }
        Verdict verdict = proposal.request().side() == Side.BUY ? bought(proposal, day) : sold(proposal, day);
        if (!proposal.preview()) {
            days.put(account, day);
        }
        return verdict;
    }

    private Verdict bought(OrderProposal proposal, Day day) {
        int counted = violations.getOrDefault(proposal.account().id(), 0);
        long settledMinor = proposal.account().settledMinor();
        long spentMinor = Math.addExact(day.boughtMinor, costMinor(proposal));
        boolean withProceeds = spentMinor > settledMinor;
        Map<String, String> inputs = Map.of(
                "value", Long.toString(spentMinor),
                "limit", Long.toString(settledMinor),
                "violations", Integer.toString(counted));
        if (withProceeds && counted >= MOST_VIOLATIONS) {
            return Verdict.deny(
                    RULE,
                    VERSION,
                    "after " + counted + " good-faith violations purchases of " + spentMinor
                            + " in a day are more than the settled cash " + settledMinor,
                    inputs);
        }
        if (!proposal.preview()) {
            day.boughtMinor = spentMinor;
            if (withProceeds) {
                day.boughtWithProceeds.add(proposal.request().symbol());
            }
        }
        return Verdict.allow(RULE, VERSION, inputs);
    }

    private Verdict sold(OrderProposal proposal, Day day) {
        OrderRequest request = proposal.request();
        boolean unsettled = proposal.account()
                .position(request.symbol())
                .filter(position -> takesUnsettled(position, request.qtyE8()))
                .isPresent();
        if (unsettled && !proposal.preview() && day.boughtWithProceeds.remove(request.symbol())) {
            violations.merge(proposal.account().id(), 1, Integer::sum);
        }
        int counted = violations.getOrDefault(proposal.account().id(), 0);
        return Verdict.allow(RULE, VERSION, Map.of("violations", Integer.toString(counted)));
    }

    private static boolean takesUnsettled(Position position, long qtyE8) {
        return position.qtyE8() >= qtyE8 && position.settledE8() < qtyE8;
    }

    /** At the limit, else at the reference price; 0 where neither is known: others refuse such an order. */
    private static long costMinor(OrderProposal proposal) {
        long priceE8 = proposal.request().limitPriceE8().orElseGet(() -> proposal.reference()
                .map(reference -> reference.priceE8())
                .orElse(0L));
        int digits = proposal.instrument().currency().digits();
        return Scale8.cashMinor(priceE8, proposal.request().qtyE8(), digits, RoundingMode.CEILING);
    }
}
