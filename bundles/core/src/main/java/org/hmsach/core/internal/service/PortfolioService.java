package org.hmsach.core.internal.service;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.core.internal.log.Log;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.MachineView;
import org.hmsach.core.internal.view.Views;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads from the published views; only {@link #evaluate} asks the machine. */
@Component(service = Portfolio.class, enabled = false)
public final class PortfolioService implements Portfolio {
    private final Views views;
    private final MachineView machine;
    private final Log<Answer> log;

    /** Of the running core. */
    @Activate
    public PortfolioService(@Reference CoreEngine engine) {
        this(engine.running());
    }

    PortfolioService(Core core) {
        this.views = core.views();
        this.machine = core.machine();
        this.log = core.log();
    }

    @Override
    public Optional<Account> account(UUID id) {
        return views.account(id);
    }

    @Override
    public List<Account> accounts() {
        return views.accounts();
    }

    @Override
    public Optional<Order> order(UUID id) {
        return views.order(id);
    }

    @Override
    public Optional<Order> orderByClientId(UUID account, String clientOrderId) {
        return views.orderByClientId(account, clientOrderId);
    }

    @Override
    public List<Order> openOrders(UUID account) {
        return views.openOrders(account);
    }

    @Override
    public List<Order> openOrders(OpenOrders page, Predicate<Order> wanted) {
        return views.openOrders(page, wanted);
    }

    @Override
    public List<Order> openOrders() {
        return views.openOrders();
    }

    @Override
    public Optional<Instrument> instrument(String symbol) {
        return Optional.ofNullable(views.rules().instruments().get(symbol));
    }

    @Override
    public List<Instrument> instruments() {
        return List.copyOf(views.rules().instruments().values());
    }

    @Override
    public Optional<Transfer> transfer(UUID id) {
        return views.transfer(id);
    }

    @Override
    public List<Transfer> transfers(UUID account) {
        return views.transfers(account);
    }

    @Override
    public List<Transfer> openTransfers() {
        return views.openTransfers();
    }

    @Override
    public Optional<Role> access(UUID principal, UUID account) {
        return views.access(principal, account);
    }

    @Override
    public Map<UUID, Role> accessOf(UUID principal) {
        return views.accessOf(principal);
    }

    @Override
    public Map<UUID, Role> accessTo(UUID account) {
        return views.accessTo(account);
    }

    @Override
    public boolean isRevoked(String keyId) {
        return views.rules().revokedKeys().contains(keyId);
    }

    @Override
    public Limits limits(UUID account) {
        return views.rules().accountLimits().getOrDefault(account, commonLimits());
    }

    @Override
    public Limits commonLimits() {
        return views.rules().commonLimits();
    }

    @Override
    public List<String> requiredRules() {
        return views.rules().requiredRules();
    }

    @Override
    public List<String> restrictedSymbols() {
        return List.copyOf(views.rules().restricted());
    }

    @Override
    public boolean killSwitch() {
        return views.rules().killSwitch();
    }

    @Override
    public Map<String, PolicyVersion> policies() {
        return views.rules().policies();
    }

    @Override
    public Optional<ReferencePrice> mark(String symbol) {
        return Optional.ofNullable(views.rules().marks().get(symbol));
    }

    @Override
    public Optional<LocalDate> businessDate() {
        return views.moment().businessDate();
    }

    @Override
    public boolean sessionOpen() {
        return views.moment().sessionOpen();
    }

    @Override
    public OptionalLong bookmark(String module) {
        Long entry = views.moment().bookmarks().get(module);
        return entry == null ? OptionalLong.empty() : OptionalLong.of(entry);
    }

    @Override
    public int dueObligations(LocalDate date) {
        return views.moment().openObligations().entrySet().stream()
                .filter(due -> !due.getKey().isAfter(date))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Override
    public CompletionStage<List<Verdict>> evaluate(Commands.PlaceOrder order) {
        return log.query(() -> machine.evaluate(order)).handleAsync((verdicts, failure) -> {
            if (failure != null) {
                throw LogFailures.translate(failure, log.condition());
            }
            return verdicts;
        });
    }
}
