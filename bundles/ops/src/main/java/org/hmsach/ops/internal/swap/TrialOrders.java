package org.hmsach.ops.internal.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hmsach.api.account.Account;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.ops.internal.frame.AskedOnce;
import org.hmsach.ops.internal.frame.Bounded;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the checks of a bundle that stands aside about made-up orders: warms them up, and finds those that hang. */
final class TrialOrders {
    private static final Logger LOG = LoggerFactory.getLogger(TrialOrders.class);
    private static final int ROUNDS = 200;
    private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final BundleContext context;
    private final CoreSeam core;
    private final Supplier<Duration> answer;
    private final AskedOnce<ServiceReference<?>, Optional<String>> names = new AskedOnce<>();

    /** @param answer how long the name of a rule, or all orders of one check may take */
    TrialOrders(BundleContext context, CoreSeam core, Supplier<Duration> answer) {
        this.answer = answer;
        this.context = context;
        this.core = core;
    }

    /** Names of the rules that the bundle's checks answer. @throws Refused when one of them does not tell */
    Set<String> rules(Bundle bundle) throws Refused, InterruptedException {
        TreeSet<String> rules = new TreeSet<>();
        String what = "the name of a rule of " + bundle;
        for (ServiceReference<?> reference : checks(bundle)) {
            try {
                names.ask(reference, what, answer.get(), () -> withCheck(reference, TrialOrders::rule))
                        .ifPresent(rules::add);
            } catch (TimeoutException e) {
                throw new Refused(e.getMessage(), e);
            } catch (ExecutionException e) {
                throw new Refused(what + " is not told: " + e.getCause(), e);
            }
        }
        return rules;
    }

    /** The same of what is to go: where it does not tell any more, what its manifest declares. */
    Set<String> rulesOfLeaving(Bundle bundle) throws InterruptedException {
        try {
            return rules(bundle);
        } catch (Refused e) {
            LOG.warn("{}: its manifest counts", bundle, e);
            return Set.copyOf(Previewer.rules(bundle));
        }
    }

    /** What is wrong with the answers of the bundle's checks. */
    List<String> troubles(Bundle bundle) throws InterruptedException {
        Optional<OrderProposal> proposal = core.portfolio().flatMap(TrialOrders::proposal);
        List<String> troubles = new ArrayList<>();
        if (proposal.isEmpty()) {
            return troubles;
        }
        for (ServiceReference<?> reference : checks(bundle)) {
            ask("a trial order of " + bundle, reference, proposal.get()).ifPresent(troubles::add);
        }
        return troubles;
    }

    private Optional<String> ask(String what, ServiceReference<?> reference, OrderProposal proposal)
            throws InterruptedException {
        try {
            return Bounded.run(what, answer.get(), () -> withCheck(reference, check -> tried(check, proposal)));
        } catch (TimeoutException e) {
            return Optional.of(e.getMessage());
        } catch (ExecutionException e) {
            return Optional.of(what + " failed: " + e.getCause());
        }
    }

    private static Optional<String> tried(OrderCheck check, OrderProposal proposal) {
        String rule = check.rule();
        long end = System.nanoTime() + WARM_NANOS;
        for (int i = 0; i < ROUNDS && (i == 0 || System.nanoTime() < end); i++) {
            Verdict verdict = check.check(proposal);
            if (verdict == null || !verdict.rule().equals(rule)) {
                return Optional.of("the check of " + rule + " gave no verdict of its rule");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> rule(OrderCheck check) {
        return Optional.of(Objects.requireNonNull(check.rule(), "rule() gave null"));
    }

    /** The module's own code, and what makes the check. @return empty when the check goes just now */
    private Optional<String> withCheck(ServiceReference<?> reference, Function<OrderCheck, Optional<String>> work) {
        if (!(context.getService(reference) instanceof OrderCheck check)) {
            return Optional.empty();
        }
        try {
            return work.apply(check);
        } finally {
            context.ungetService(reference);
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
