package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Origin;
import org.hmsach.api.history.History;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.intake.Intake;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Tape;
import org.hmsach.gateway.internal.problem.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What all trading resources need: core and store, the caller's account and orders, a bounded wait for answers. */
@Component(service = Desk.class)
public final class Desk {
    private static final long ANSWER_MS = 15_000;
    private static final String IDEMPOTENCY_KEY = "[\\x21-\\x7e]{1,128}";
    private static final String ORDER_MISSING = "order not found for ";

    private final Portfolio portfolio;
    private final Intake intake;
    private final Tape tape;
    private final Histories histories;
    private final Prices prices;

    @Activate
    public Desk(
            @Reference Portfolio portfolio,
            @Reference Intake intake,
            @Reference Tape tape,
            @Reference Histories histories,
            @Reference Prices prices) {
        this.portfolio = portfolio;
        this.intake = intake;
        this.tape = tape;
        this.histories = histories;
        this.prices = prices;
    }

    /** Reads from the core's memory. */
    public Portfolio portfolio() {
        return portfolio;
    }

    /** The way in for orders. */
    public Intake intake() {
        return intake;
    }

    /** What the core decided. */
    public Tape tape() {
        return tape;
    }

    /** Prices for showing values. */
    public Prices prices() {
        return prices;
    }

    /** Reads from read models that hold everything acknowledged so far, or say how far they are. */
    public <T> T stored(Function<Stored, T> work) {
        return histories.read(tape.lastNumber(), work);
    }

    /** The caller. */
    public static Caller caller(SecurityContext security) {
        return (Caller) security.getUserPrincipal();
    }

    /** The account that the caller acts on. */
    public static UUID accountId(SecurityContext security) {
        Caller caller = caller(security);
        return caller.account()
                .orElseThrow(() -> new ProblemException(
                        Problem.of(403, "NOT_AUTHORISED", "no account was granted to " + caller.login())));
    }

    /** The account that the caller acts on, as it stands. */
    public Account account(SecurityContext security) {
        UUID id = accountId(security);
        return portfolio
                .account(id)
                .orElseThrow(() -> new ProblemException(Problems.notFound("account not found for " + id)));
    }

    /** Who sends a command, under which request. */
    public static Origin origin(SecurityContext security, String requestId) {
        return origin(security, requestId, null);
    }

    /** The same with the client's key for writes other than orders. @param key null: none was given */
    static Origin origin(SecurityContext security, String requestId, String key) {
        if (key != null && !key.matches(IDEMPOTENCY_KEY)) {
            throw Params.wrong("Idempotency-Key", key, "1 to 128 printable ASCII characters");
        }
        return new Origin(caller(security).id(), "gateway", requestId, Optional.ofNullable(key));
    }

    /** An order of the account, however old. */
    public Order order(UUID account, UUID id) {
        return portfolio
                .order(id)
                .or(() -> old(history -> history.order(id)))
                .filter(order -> order.account().equals(account))
                .orElseThrow(() -> new ProblemException(Problems.notFound(ORDER_MISSING + id)));
    }

    /** An order of the account by the client's id, however old. */
    public Order orderByClientId(UUID account, String clientOrderId) {
        return portfolio
                .orderByClientId(account, clientOrderId)
                .or(() -> old(history -> history.orderByClientId(account, clientOrderId)))
                .orElseThrow(() -> new ProblemException(Problems.notFound(ORDER_MISSING + clientOrderId)));
    }

    /** Read models that are away or lack something cannot say that there is no such order. */
    private Optional<Order> old(Function<History, Optional<Order>> find) {
        return histories.isExpected() ? stored(stored -> old(stored, find)) : Optional.empty();
    }

    private static Optional<Order> old(Stored stored, Function<History, Optional<Order>> find) {
        Optional<Order> found = find.apply(stored.history());
        if (found.isEmpty() && !stored.isUpToDate()) {
            throw UnavailableException.core(
                    "STORE_BEHIND",
                    "old orders are known up to event " + stored.applied() + " of " + stored.wanted(),
                    1);
        }
        return found;
    }

    /** The open order that the id is to replace, while the venue has not answered yet. */
    public Optional<Order> beingReplacedBy(UUID account, UUID newId) {
        if (portfolio.order(newId).isPresent()) {
            // it lives already: no need to look through all open orders
            return Optional.empty();
        }
        return portfolio.openOrders(account).stream()
                .filter(order -> order.replacement().isPresent()
                        && order.replacement().get().newId().equals(newId))
                .findFirst();
    }

    /** Waits for the core's answer, within bounds. */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(ANSWER_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw UnavailableException.core(
                    "NO_ANSWER",
                    "no answer in " + ANSWER_MS + " ms; it may still be carried out, so send it again with the same id",
                    1);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UnavailableException.core("NO_ANSWER", "the wait for an answer was interrupted", 1);
        }
    }
}
