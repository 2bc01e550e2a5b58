package org.hmsach.testkit.fake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Commands;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Transfer;

/** A core's memory that a test fills: put what should be there. Thread-safe. */
public final class FakePortfolio implements Portfolio {
    private final Map<UUID, Account> accounts = new LinkedHashMap<>();
    private final Map<UUID, Order> orders = new LinkedHashMap<>();
    private final Map<String, Instrument> instruments = new TreeMap<>();
    private final Map<UUID, Transfer> transfers = new LinkedHashMap<>();
    private final Map<UUID, Map<UUID, Role>> access = new LinkedHashMap<>();
    private final Map<String, PolicyVersion> policies = new TreeMap<>();
    private final Map<String, ReferencePrice> marks = new TreeMap<>();
    private final Map<String, Long> bookmarks = new TreeMap<>();
    private final Set<String> revoked = new HashSet<>();
    private final List<String> requiredRules = new ArrayList<>();
    private final List<String> restricted = new ArrayList<>();
    private Limits limits = Limits.INITIAL;
    private boolean killSwitch;
    private boolean sessionOpen = true;
    private int dueObligations;
    private Optional<LocalDate> businessDate = Optional.of(Samples.MONDAY);
    private List<Verdict> machineVerdicts = List.of();

    /** Adds an account or puts its new state. */
    public synchronized FakePortfolio put(Account account) {
        accounts.put(account.id(), account);
        return this;
    }

    /** Adds an order or puts its new state. */
    public synchronized FakePortfolio put(Order order) {
        orders.put(order.id(), order);
        return this;
    }

    /** Adds an instrument or puts its new state. */
    public synchronized FakePortfolio put(Instrument instrument) {
        instruments.put(instrument.symbol(), instrument);
        return this;
    }

    /** Adds a transfer or puts its new state. */
    public synchronized FakePortfolio put(Transfer transfer) {
        transfers.put(transfer.id(), transfer);
        return this;
    }

    /** Grants a person access. */
    public synchronized FakePortfolio grant(UUID principal, UUID account, Role role) {
        access.computeIfAbsent(principal, id -> new LinkedHashMap<>()).put(account, role);
        return this;
    }

    /** Journals a mark. */
    public synchronized FakePortfolio mark(String symbol, ReferencePrice price) {
        marks.put(symbol, price);
        return this;
    }

    /** Activates a policy. */
    public synchronized FakePortfolio policy(PolicyVersion policy) {
        policies.put(policy.id(), policy);
        return this;
    }

    /** Moves a module's bookmark. */
    public synchronized FakePortfolio bookmark(String module, long entry) {
        bookmarks.put(module, entry);
        return this;
    }

    /** Revokes a key. */
    public synchronized FakePortfolio revoke(String keyId) {
        revoked.add(keyId);
        return this;
    }

    /** Sets the rules that are required. */
    public synchronized FakePortfolio require(List<String> rules) {
        requiredRules.clear();
        requiredRules.addAll(rules);
        return this;
    }

    /** Restricts a symbol for everybody. */
    public synchronized FakePortfolio restrict(String symbol) {
        restricted.add(symbol);
        return this;
    }

    /** Sets everybody's limits. */
    public synchronized FakePortfolio limits(Limits common) {
        limits = common;
        return this;
    }

    /** Turns the organisation's kill switch. */
    public synchronized FakePortfolio killSwitch(boolean on) {
        killSwitch = on;
        return this;
    }

    /** Sets business date and session; an empty date is before the first one. */
    public synchronized FakePortfolio session(Optional<LocalDate> date, boolean open) {
        businessDate = date;
        sessionOpen = open;
        return this;
    }

    /** Sets the number of obligations that are due. */
    public synchronized FakePortfolio due(int obligations) {
        dueObligations = obligations;
        return this;
    }

    /** Sets what {@link #evaluate} answers. */
    public synchronized FakePortfolio verdicts(List<Verdict> verdicts) {
        machineVerdicts = List.copyOf(verdicts);
        return this;
    }

    @Override
    public synchronized Optional<Account> account(UUID id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public synchronized List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public synchronized Optional<Order> order(UUID id) {
        return Optional.ofNullable(orders.get(id));
    }

    @Override
    public synchronized Optional<Order> orderByClientId(UUID account, String clientOrderId) {
        return orders.values().stream()
                .filter(order -> order.account().equals(account)
                        && order.request().clientOrderId().equals(clientOrderId))
                .findFirst();
    }

    @Override
    public synchronized List<Order> openOrders(UUID account) {
        return openOrders().stream()
                .filter(order -> order.account().equals(account))
                .toList();
    }

    @Override
    public synchronized List<Order> openOrders(OpenOrders page, Predicate<Order> wanted) {
        Comparator<Order> byCreation = Comparator.comparingLong(Order::createdMs)
                .thenComparingLong(order -> HmsId.entry(order.id()))
                .thenComparingInt(order -> HmsId.index(order.id()));
        return openOrders(page.account()).stream()
                .filter(order -> order.createdMs() > page.afterMs() && order.createdMs() < page.untilMs())
                .filter(wanted)
                .sorted(page.ascending() ? byCreation : byCreation.reversed())
                .limit(page.limit())
                .toList();
    }

    @Override
    public synchronized List<Order> openOrders() {
        return orders.values().stream()
                .filter(order -> !order.state().isFinal())
                .sorted(Comparator.comparingLong(Order::createdMs).thenComparingLong(Order::priority))
                .toList();
    }

    @Override
    public synchronized Optional<Instrument> instrument(String symbol) {
        return Optional.ofNullable(instruments.get(symbol));
    }

    @Override
    public synchronized List<Instrument> instruments() {
        return List.copyOf(instruments.values());
    }

    @Override
    public synchronized Optional<Transfer> transfer(UUID id) {
        return Optional.ofNullable(transfers.get(id));
    }

    @Override
    public synchronized List<Transfer> transfers(UUID account) {
        return transfers.values().stream()
                .filter(transfer -> transfer.account().equals(account))
                .toList();
    }

    @Override
    public synchronized List<Transfer> openTransfers() {
        return transfers.values().stream()
                .filter(transfer -> transfer.state().isOpen())
                .toList();
    }

    @Override
    public synchronized Optional<Role> access(UUID principal, UUID account) {
        return Optional.ofNullable(access.getOrDefault(principal, Map.of()).get(account));
    }

    @Override
    public synchronized Map<UUID, Role> accessOf(UUID principal) {
        return Map.copyOf(access.getOrDefault(principal, Map.of()));
    }

    @Override
    public synchronized Map<UUID, Role> accessTo(UUID account) {
        Map<UUID, Role> people = new LinkedHashMap<>();
        access.forEach((person, granted) -> {
            if (granted.containsKey(account)) {
                people.put(person, granted.get(account));
            }
        });
        return people;
    }

    @Override
    public synchronized boolean isRevoked(String keyId) {
        return revoked.contains(keyId);
    }

    @Override
    public synchronized Limits limits(UUID account) {
        return limits;
    }

    @Override
    public synchronized Limits commonLimits() {
        return limits;
    }

    @Override
    public synchronized List<String> requiredRules() {
        return List.copyOf(requiredRules);
    }

    @Override
    public synchronized List<String> restrictedSymbols() {
        return List.copyOf(restricted);
    }

    @Override
    public synchronized boolean killSwitch() {
        return killSwitch;
    }

    @Override
    public synchronized Map<String, PolicyVersion> policies() {
        return Map.copyOf(policies);
    }

    @Override
    public synchronized Optional<ReferencePrice> mark(String symbol) {
        return Optional.ofNullable(marks.get(symbol));
    }

    @Override
    public synchronized Optional<LocalDate> businessDate() {
        return businessDate;
    }

    @Override
    public synchronized boolean sessionOpen() {
        return sessionOpen;
    }

    @Override
    public synchronized OptionalLong bookmark(String module) {
        return bookmarks.containsKey(module) ? OptionalLong.of(bookmarks.get(module)) : OptionalLong.empty();
    }

    @Override
    public synchronized int dueObligations(LocalDate date) {
        return dueObligations;
    }

    @Override
    public synchronized CompletionStage<List<Verdict>> evaluate(Commands.PlaceOrder order) {
        return CompletableFuture.completedFuture(machineVerdicts);
    }
}
