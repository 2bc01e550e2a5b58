package org.hmsach.ops.internal.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.account.Account;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.ops.internal.frame.Bounded;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Asks the checks of a bundle that stands aside about made-up orders: warms them up, and finds those that hang. */
final class TrialOrders {
    private static final int ROUNDS = 200;
    private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final BundleContext context;
    private final CoreSeam core;
    private final Duration answer;

    /** @param answer how long all orders of one check may take */
    TrialOrders(BundleContext context, CoreSeam core, Duration answer) {
        this.answer = answer;
        this.context = context;
        this.core = core;
    }

    /** Names of the rules that the bundle's checks answer. */
    TreeSet<String> rules(Bundle bundle) {
        TreeSet<String> rules = new TreeSet<>();
        for (ServiceReference<?> reference : checks(bundle)) {
            if (context.getService(reference) instanceof OrderCheck check) {
                try {
                    rules.add(check.rule());
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        return rules;
    }

    /** What is wrong with the answers of the bundle's checks. */
    List<String> troubles(Bundle bundle) throws InterruptedException {
        Optional<OrderProposal> proposal = core.portfolio().flatMap(TrialOrders::proposal);
        List<String> troubles = new ArrayList<>();
        if (proposal.isEmpty()) {
            return troubles;
        }
        for (ServiceReference<?> reference : checks(bundle)) {
            if (context.getService(reference) instanceof OrderCheck check) {
                try {
                    ask(check, proposal.get()).ifPresent(troubles::add);
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        return troubles;
    }

    private Optional<String> ask(OrderCheck check, OrderProposal proposal) throws InterruptedException {
        String what = "a trial order of " + check.getClass().getSimpleName();
        try {
            return Bounded.run(what, answer, () -> {
                String rule = check.rule();
                long end = System.nanoTime() + WARM_NANOS;
                for (int i = 0; i < ROUNDS && (i == 0 || System.nanoTime() < end); i++) {
                    Verdict verdict = check.check(proposal);
                    if (verdict == null || !verdict.rule().equals(rule)) {
                        return Optional.of("the check of " + rule + " gave no verdict of its rule");
                    }
                }
                return Optional.<String>empty();
            });
        } catch (TimeoutException e) {
            return Optional.of(e.getMessage());
        } catch (ExecutionException e) {
            return Optional.of(what + " failed: " + e.getCause());
        }
    }

    /** Of the first account and instrument there are; without them there is nothing to try with. */
    private static Optional<OrderProposal> proposal(Portfolio portfolio) {
        Optional<Account> account = portfolio.accounts().stream().findFirst();
        Optional<Instrument> instrument = portfolio.instruments().stream().findFirst();
        if (account.isEmpty() || instrument.isEmpty()) {
            return Optional.empty();
        }
        long priceE8 = instrument.get().tickE8() * 1_000;
        OrderRequest request = new OrderRequest(
                account.get().id(),
                "trial",
                instrument.get().symbol(),
                Side.BUY,
                OrderType.LIMIT,
                TimeInForce.DAY,
                instrument.get().lotE8(),
                OptionalLong.of(priceE8));
        return Optional.of(new OrderProposal(
                request,
                new UUID(0, 0),
                account.get(),
                instrument.get(),
                Optional.of(new ReferencePrice(priceE8, "trial", System.currentTimeMillis())),
                Optional.empty(),
                portfolio.businessDate(),
                true));
    }

    private static List<ServiceReference<?>> checks(Bundle bundle) {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        return registered == null
                ? List.of()
                : Arrays.stream(registered)
                        .filter(one -> Arrays.asList((String[]) one.getProperty("objectClass"))
                                .contains(OrderCheck.class.getName()))
                        .toList();
    }
}
