package org.hmsach.itest.pax;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.intake.Intake;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;

/** Boots the shipped features in a container and updates gov.checks twenty times while orders flow. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapPaxIT {
    private static final String CHECKS = "org.hmsach.gov.checks";
    private static final int SWAPS = 20;
    private static final int CLIENTS = 4;
    private static final int ORDERS_BETWEEN = 50;

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    private Container container;

    @Configuration
    public Option[] options() throws IOException {
        return new Option[] {ShippedFeatures.options("core", "gov", "mkt", "mfe")};
    }

    @Before
    public void start() throws Exception {
        container = Container.start(context, configurations);
    }

    @After
    public void letServicesGo() {
        container.close();
    }

    @Test
    public void losesDoublesAndSkipsNothingWhileChecksAreUpdated() throws Exception {
        Intake intake = service(Intake.class);
        Portfolio portfolio = service(Portfolio.class);
        UUID account = container.openAccount();
        awaitActive();
        placeOne(intake, account);

        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong longestNanos = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Map<String, UUID>>> flows = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            flows.add(clients.submit(flow(intake, account, stop, answered, longestNanos)));
        }
        for (int swap = 1; swap <= SWAPS; swap++) {
            int number = swap;
            updateInPlace();
            awaitActive();
            long flowing = answered.get() + ORDERS_BETWEEN;
            Container.await(() -> "orders after update " + number, () -> answered.get() >= flowing);
        }
        stop.set(true);
        Map<String, UUID> acknowledged = new HashMap<>();
        for (Future<Map<String, UUID>> flow : flows) {
            acknowledged.putAll(flow.get(60, TimeUnit.SECONDS));
        }
        clients.shutdown();
        prove(portfolio, account, acknowledged);
        System.out.printf(
                "%d updates of %s under flow: %d orders acknowledged, lost 0, doubled 0, unchecked 0,"
                        + " longest answer %d ms%n",
                SWAPS, CHECKS, acknowledged.size(), TimeUnit.NANOSECONDS.toMillis(longestNanos.get()));
    }

    /** The first order proves that market, rules and books are up; until then it is refused, and told why. */
    private void placeOne(Intake intake, UUID account) throws Exception {
        AtomicReference<Object> answer = new AtomicReference<>("none");
        Container.await(() -> "first order accepted; last answer: " + answer, () -> {
            try {
                Outcome outcome = intake.place(order(account, UUID.randomUUID().toString()), Container.OPERATOR)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
                answer.set(outcome);
                return outcome.refusal().isEmpty();
            } catch (ExecutionException e) {
                answer.set(e.getCause());
                return false;
            }
        });
    }

    /** Sends orders one after the other; one that was told to come back is sent again with the same id. */
    private Callable<Map<String, UUID>> flow(
            Intake intake, UUID account, AtomicBoolean stop, AtomicLong answered, AtomicLong longestNanos) {
        return () -> {
            Map<String, UUID> acknowledged = new HashMap<>();
            while (!stop.get()) {
                String id = UUID.randomUUID().toString();
                long start = System.nanoTime();
                Outcome outcome = placed(intake, order(account, id));
                longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                assertTrue("refused: " + outcome.refusal(), outcome.refusal().isEmpty());
                acknowledged.put(id, outcome.subject().orElseThrow());
                answered.incrementAndGet();
                intake.cancel(outcome.subject().get(), Container.OPERATOR)
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
            }
            return acknowledged;
        };
    }

    private static Outcome placed(Intake intake, OrderRequest order)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                return intake.place(order, Container.OPERATOR)
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnavailableException unavailable)
                        || unavailable.retryAfterSeconds().isEmpty()) {
                    throw e;
                }
            }
        }
    }

    /** The plain OSGi way, as an admin would do it in the console. */
    private void updateInPlace() throws BundleException, IOException {
        Bundle checks = checks();
        try (InputStream jar = URI.create(checks.getLocation()).toURL().openStream()) {
            checks.update(jar);
        }
    }

    private void prove(Portfolio portfolio, UUID account, Map<String, UUID> acknowledged) throws Exception {
        Map<String, UUID> accepted = new HashMap<>();
        List<String> unchecked = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        Set<String> required = new TreeSet<>(portfolio.requiredRules());
        assertTrue("no required rules", required.size() >= 3);
        Tape tape = service(Tape.class);
        try (TapeReader reader = tape.open(1)) {
            TapeListener listener = new TapeListener() {
                @Override
                public void onOrder(Events.OrderEvent event) {
                    if (event.kind() != Events.OrderEventKind.NEW) {
                        return;
                    }
                    String id = event.order().request().clientOrderId();
                    if (accepted.put(id, event.order().id()) != null) {
                        doubled.add(id);
                    }
                    Set<String> allowed = new TreeSet<>();
                    event.verdicts().stream().filter(Verdict::allowed).forEach(v -> allowed.add(v.rule()));
                    if (!allowed.containsAll(required)) {
                        unchecked.add(id);
                    }
                }
            };
            long last = tape.lastNumber();
            while (reader.nextNumber() <= last) {
                reader.poll(listener, 1_000, Duration.ofSeconds(5));
            }
        }
        assertTrue(
                "too few orders to prove anything: " + acknowledged.size(),
                acknowledged.size() > SWAPS * ORDERS_BETWEEN);
        acknowledged.forEach((id, order) -> assertEquals("order of " + id, order, accepted.get(id)));
        assertEquals("doubled", List.of(), doubled);
        assertEquals("unchecked", List.of(), unchecked);
        assertEquals("one more than the flows: the first order", acknowledged.size() + 1, accepted.size());
    }

    private OrderRequest order(UUID account, String id) throws InterruptedException {
        return new OrderRequest(
                account, id, "IBM", Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Scale8.ONE, OptionalLong.of(limitE8()));
    }

    /** A price within the collar that does not trade at once. */
    private long limitE8() throws InterruptedException {
        return service(org.hmsach.spi.mkt.MarketData.class)
                        .reference("IBM", true)
                        .orElseThrow()
                        .priceE8()
                * 98
                / 100
                / 1_000_000
                * 1_000_000;
    }

    private Bundle checks() {
        for (Bundle bundle : context.getBundles()) {
            if (CHECKS.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new IllegalStateException(CHECKS + " is not installed");
    }

    private void awaitActive() throws Exception {
        ModuleRegistry registry = service(ModuleRegistry.class);
        Container.await(
                () -> "gov.checks active",
                () -> registry.module("gov.checks").orElseThrow().state() == ModuleState.ACTIVE);
    }

    private <T> T service(Class<T> type) throws InterruptedException {
        return container.service(type);
    }
}
