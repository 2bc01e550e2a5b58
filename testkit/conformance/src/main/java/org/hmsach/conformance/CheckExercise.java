package org.hmsach.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.testkit.fake.Samples;

/** Orders of many sizes; the same order gets the same verdict. */
final class CheckExercise implements Exercise {
    private static final int ROUNDS = 20;

    @Override
    public Class<?> spi() {
        return OrderCheck.class;
    }

    @Override
    public Duration deadline() {
        return Duration.ofMillis(250);
    }

    @Override
    public void once(Object service, int number) {
        OrderCheck check = (OrderCheck) service;
        Verdict verdict = check.check(proposal(number));
        Exercises.require(verdict != null, "no verdict");
        Exercises.require(
                verdict.rule().equals(check.rule()),
                "the verdict is of " + verdict.rule() + ", the rule is " + check.rule());
    }

    @Override
    public List<String> disorder(Object service) {
        OrderCheck check = (OrderCheck) service;
        List<String> problems = new ArrayList<>();
        for (int number = 1; number <= ROUNDS && problems.isEmpty(); number++) {
            OrderProposal proposal = proposal(number);
            Verdict first = check.check(proposal);
            check.check(proposal(number + 1));
            Verdict again = check.check(proposal);
            if (first.allowed() != again.allowed() || first.reason() != again.reason()) {
                problems.add("the same order got " + first + " and then " + again);
            }
        }
        return problems;
    }

    private static OrderProposal proposal(int number) {
        String qty = Integer.toString(1 + number * 7 % 1_000);
        boolean market = number % 2 == 0;
        return Samples.proposal(
                market ? Samples.market(Side.BUY, "IBM", qty) : Samples.limit(Side.SELL, "IBM", qty, "182.37"),
                market ? Optional.of(Samples.price("182.37")) : Optional.empty());
    }
}
