package org.hmsach.itest.pax;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

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
import org.hmsach.api.command.Outcome;
import org.hmsach.api.intake.Intake;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.hmsach.spi.mkt.MarketData;

/** Clients that place and cancel orders, each with a journal, and the proof that none went astray. */
final class OrderFlow {
    private static final int CLIENTS = 4;
    /** A check that is away for longer than intake waits, on a busy machine. */
    private static final Set<Reason> AGAIN = Set.of(Reason.GOV_CHECK_MISSING, Reason.GOV_CHECK_TIMEOUT);

    private final Container container;
    private final Intake intake;
    private final Portfolio portfolio;
    private final UUID account;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong sentAgain = new AtomicLong();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<Map<String, UUID>>> flows = new ArrayList<>();

    private OrderFlow(Container container) throws Exception {
        this.container = container;
        this.intake = container.service(Intake.class);
        this.portfolio = container.service(Portfolio.class);
        this.account = container.openAccount();
    }

    /** Begins when a first order was taken. */
    static OrderFlow start(Container container) throws Exception {
        OrderFlow flow = new OrderFlow(container);
        flow.placeOne();
        for (int i = 0; i < CLIENTS; i++) {
            flow.flows.add(flow.clients.submit(flow.client()));
        }
        return flow;
    }

    /** Waits until so many more orders were answered. */
    void awaitOrders(int more, String what) throws Exception {
        long until = answered.get() + more;
        Container.await(() -> what, () -> {
            for (Future<Map<String, UUID>> flow : flows) {
                if (flow.isDone()) {
                    flow.get();
                }
            }
            return answered.get() >= until;
        });
    }

    /** Orders that were told to come again, and came. */
    long sentAgain() {
        return sentAgain.get();
    }

    /** The longest that an order waited for its answer. */
    long longestMs() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos.get());
    }

    /** Ends the flow and reads the whole tape. @return number of orders acknowledged, at least {@code least} */
    int prove(int least) throws Exception {
        stop.set(true);
        Map<String, UUID> acknowledged = new HashMap<>();
        for (Future<Map<String, UUID>> flow : flows) {
            acknowledged.putAll(flow.get(60, TimeUnit.SECONDS));
        }
        clients.shutdown();
        prove(acknowledged, least);
        return acknowledged.size();
    }

    /** The first order proves that market, rules and books are up; until then it is refused, and told why. */
    private void placeOne() throws Exception {
        AtomicReference<Object> answer = new AtomicReference<>("none");
        Container.await(() -> "first order accepted; last answer: " + answer, () -> {
            try {
                Outcome outcome = intake.place(order(UUID.randomUUID().toString()), Container.OPERATOR)
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS);
                answer.set(outcome);
                return outcome.refusal().isEmpty();
            } catch (ExecutionException e) {
                answer.set(e.getCause());
                return false;
            }
        });
    }

    /** Sends orders one after the other; one that was told to come back is sent again with the same id. */
    private Callable<Map<String, UUID>> client() {
        return () -> {
            Map<String, UUID> acknowledged = new HashMap<>();
            while (!stop.get()) {
                String id = UUID.randomUUID().toString();
                long start = System.nanoTime();
                Outcome outcome = placed(order(id));
                longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                if (outcome.refusal()
                        .map(Refused::reason)
                        .filter(AGAIN::contains)
                        .isPresent()) {
                    sentAgain.incrementAndGet(); // as another order: this one was refused by name, not let through
                    continue;
                }
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

    private Outcome placed(OrderRequest order) throws InterruptedException, ExecutionException, TimeoutException {
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
                sentAgain.incrementAndGet();
            }
        }
    }

    private void prove(Map<String, UUID> acknowledged, int least) throws Exception {
        Map<String, UUID> accepted = new HashMap<>();
        List<String> unchecked = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        Set<String> required = new TreeSet<>(portfolio.requiredRules());
        assertTrue("no required rules", required.size() >= 3);
        Tape tape = container.service(Tape.class);
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
        assertTrue("too few orders to prove anything: " + acknowledged.size(), acknowledged.size() > least);
        acknowledged.forEach((id, order) -> assertEquals("order of " + id, order, accepted.get(id)));
        assertEquals("doubled", List.of(), doubled);
        assertEquals("unchecked", List.of(), unchecked);
        assertEquals("one more than the flows: the first order", acknowledged.size() + 1, accepted.size());
    }

    private OrderRequest order(String id) throws InterruptedException {
        return new OrderRequest(
                account, id, "IBM", Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Scale8.ONE, OptionalLong.of(limitE8()));
    }

    /** A price within the collar that does not trade at once. */
    private long limitE8() throws InterruptedException {
        return container
                        .service(MarketData.class)
                        .reference("IBM", true)
                        .orElseThrow()
                        .priceE8()
                * 98
                / 100
                / 1_000_000
                * 1_000_000;
    }
}
