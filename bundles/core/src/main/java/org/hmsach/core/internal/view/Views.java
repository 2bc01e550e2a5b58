package org.hmsach.core.internal.view;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.hmsach.api.account.Account;
import org.hmsach.api.identity.Role;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.core.internal.machine.MachineView;
import org.hmsach.core.internal.machine.RuleBook;

/**
 * The machine's state for readers on any thread. {@link #publishTouched()} runs on the machine thread after each entry
 * and before its sender is answered, so a reader sees its own writes.
 */
public final class Views {
    private static final RuleBook NO_RULES = new RuleBook(
            Map.of(),
            Map.of(),
            Set.of(),
            Limits.INITIAL,
            Map.of(),
            Set.of(),
            Map.of(),
            false,
            Set.of(),
            List.of(),
            false,
            Map.of());

    private final MachineView machine;
    private final OrderViews orders = new OrderViews();
    private final AccessViews access = new AccessViews();
    private final TransferViews transfers = new TransferViews();
    private final AccountViews accounts = new AccountViews();
    private volatile RuleBook rules = NO_RULES;
    private volatile Moment moment = new Moment(0, 0, Optional.empty(), false, Map.of(), Map.of());

    /** What else there is to know about one moment. */
    public record Moment(
            long clusterId,
            long entry,
            Optional<LocalDate> businessDate,
            boolean sessionOpen,
            Map<String, Long> bookmarks,
            Map<LocalDate, Integer> openObligations) {}

    /** Nothing is published yet. */
    public Views(MachineView machine) {
        this.machine = machine;
    }

    /** Publishes everything. Machine thread, after a snapshot was loaded. */
    public void publishAll() {
        machine.accounts().forEach(this::put);
        machine.orders().forEach(orders::put);
        machine.transfers().forEach(transfers::put);
        rules = machine.ruleBook();
        publishMoment();
    }

    /** Publishes what the last entry changed. Machine thread. */
    public void publishTouched() {
        MachineView.Touched touched = machine.touched();
        touched.accounts().forEach(id -> machine.account(id).ifPresent(this::put));
        touched.orders().forEach(id -> machine.order(id).ifPresent(orders::put));
        touched.forgottenOrders().forEach(orders::forget);
        touched.transfers().forEach(id -> machine.transfer(id).ifPresent(transfers::put));
        if (touched.rules()) {
            rules = machine.ruleBook();
        }
        publishMoment();
    }

    private void publishMoment() {
        moment = new Moment(
                machine.clusterId(),
                machine.entry(),
                machine.businessDate(),
                machine.sessionOpen(),
                machine.bookmarks(),
                machine.openObligations());
    }

    private void put(Account account) {
        accounts.put(account);
        access.put(account.id(), machine.access(account.id()));
    }

    /** The account. */
    public Optional<Account> account(UUID id) {
        return accounts.find(id);
    }

    /** All accounts in order of opening. */
    public List<Account> accounts() {
        return accounts.all();
    }

    /** The order. */
    public Optional<Order> order(UUID id) {
        return orders.order(id);
    }

    /** The order by client id. */
    public Optional<Order> orderByClientId(UUID account, String clientOrderId) {
        return orders.byClientId(account, clientOrderId);
    }

    /** Open orders of an account, oldest first. */
    public List<Order> openOrders(UUID account) {
        return orders.open(account);
    }

    /** A page of an account's open orders. */
    public List<Order> openOrders(Portfolio.OpenOrders page, Predicate<Order> wanted) {
        return orders.open(page, wanted);
    }

    /** All open orders, oldest first. */
    public List<Order> openOrders() {
        return orders.open();
    }

    /** The transfer. */
    public Optional<Transfer> transfer(UUID id) {
        return transfers.transfer(id);
    }

    /** Transfers of an account, oldest first. */
    public List<Transfer> transfers(UUID account) {
        return transfers.of(account);
    }

    /** Transfers that are not final, oldest first. */
    public List<Transfer> openTransfers() {
        return transfers.open();
    }

    /** What the person may do with the account. */
    public Optional<Role> access(UUID principal, UUID account) {
        return Optional.ofNullable(access.to(account).get(principal));
    }

    /** Role by account, of one person. */
    public Map<UUID, Role> accessOf(UUID principal) {
        return access.of(principal);
    }

    /** Role by person, of one account. */
    public Map<UUID, Role> accessTo(UUID account) {
        return access.to(account);
    }

    /** What people set, but for access. */
    public RuleBook rules() {
        return rules;
    }

    /** The rest. */
    public Moment moment() {
        return moment;
    }
}
