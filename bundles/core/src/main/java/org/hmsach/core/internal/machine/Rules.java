package org.hmsach.core.internal.machine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.core.internal.codec.Row;
import org.hmsach.core.internal.codec.Rows;

/** What people set: instruments, access, limits, restrictions, required rules, policies, marks. */
final class Rules {
    final TreeMap<String, Instrument> instruments = new TreeMap<>();
    final TreeMap<String, ReferencePrice> marks = new TreeMap<>();
    final Access access = new Access();
    final TreeSet<String> revokedKeys = new TreeSet<>();
    final TreeMap<UUID, Limits> accountLimits = new TreeMap<>();
    final TreeSet<String> restricted = new TreeSet<>();
    final TreeMap<UUID, TreeSet<String>> accountRestricted = new TreeMap<>();
    final TreeSet<UUID> blockedAccounts = new TreeSet<>();
    final TreeMap<String, PolicyVersion> policies = new TreeMap<>();
    Limits commonLimits = Limits.INITIAL;
    boolean killSwitch;
    List<String> requiredRules = List.of();
    boolean requiredRulesSet;
    private Optional<RuleBook> book = Optional.empty();

    Limits limits(UUID account) {
        return accountLimits.getOrDefault(account, commonLimits);
    }

    boolean mayTrade(UUID principal, UUID account) {
        Role role = access.to(account).getOrDefault(principal, Role.ADMIN);
        return role == Role.INVESTOR || role == Role.TRADER;
    }

    boolean isRestricted(UUID account, String symbol) {
        TreeSet<String> own = accountRestricted.get(account);
        return restricted.contains(symbol) || (own != null && own.contains(symbol));
    }

    boolean isBlocked(UUID account) {
        return blockedAccounts.contains(account);
    }

    /** Everything set so far; a new object only after {@link #changed}. */
    RuleBook book() {
        if (book.isEmpty()) {
            book = Optional.of(copy());
        }
        return book.get();
    }

    void changed() {
        book = Optional.empty();
    }

    private RuleBook copy() {
        TreeMap<UUID, Set<String>> own = new TreeMap<>();
        accountRestricted.forEach((account, symbols) -> own.put(account, sorted(symbols)));
        return new RuleBook(
                sorted(instruments),
                sorted(marks),
                sorted(revokedKeys),
                commonLimits,
                sorted(accountLimits),
                sorted(restricted),
                Collections.unmodifiableMap(own),
                killSwitch,
                sorted(blockedAccounts),
                requiredRules,
                requiredRulesSet,
                sorted(policies));
    }

    private static <K, V> Map<K, V> sorted(TreeMap<K, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    private static <E> Set<E> sorted(TreeSet<E> set) {
        return Collections.unmodifiableSet(new TreeSet<>(set));
    }

    void save(Consumer<Row> rows) {
        instruments.values().forEach(i -> rows.accept(new Rows.Setting(new Commands.DefineInstrument(i))));
        marks.forEach((symbol, price) -> rows.accept(new Rows.Mark(symbol, price)));
        access.forEach(grant -> rows.accept(new Rows.Setting(grant)));
        revokedKeys.forEach(key -> rows.accept(new Rows.Setting(new Commands.RevokeKey(key))));
        rows.accept(new Rows.Setting(new Commands.SetLimits(Optional.empty(), commonLimits)));
        accountLimits.forEach((account, limits) ->
                rows.accept(new Rows.Setting(new Commands.SetLimits(Optional.of(account), limits))));
        restricted.forEach(
                symbol -> rows.accept(new Rows.Setting(new Commands.SetRestriction(Optional.empty(), symbol, true))));
        accountRestricted.forEach((account, symbols) -> symbols.forEach(symbol ->
                rows.accept(new Rows.Setting(new Commands.SetRestriction(Optional.of(account), symbol, true)))));
        rows.accept(new Rows.Setting(new Commands.SetKillSwitch(Optional.empty(), killSwitch)));
        blockedAccounts.forEach(
                account -> rows.accept(new Rows.Setting(new Commands.SetKillSwitch(Optional.of(account), true))));
        rows.accept(new Rows.Setting(new Commands.SetRequiredRules(requiredRules, true)));
        policies.values().forEach(p -> rows.accept(new Rows.Setting(new Commands.ActivatePolicy(p))));
    }

    void restrict(Optional<UUID> account, String symbol, boolean on) {
        TreeSet<String> symbols = account.map(a -> accountRestricted.computeIfAbsent(a, id -> new TreeSet<>()))
                .orElse(restricted);
        if (on) {
            symbols.add(symbol);
        } else {
            symbols.remove(symbol);
        }
        account.filter(a -> symbols.isEmpty()).ifPresent(accountRestricted::remove);
    }

    void block(Optional<UUID> account, boolean on) {
        if (account.isEmpty()) {
            killSwitch = on;
        } else if (on) {
            blockedAccounts.add(account.get());
        } else {
            blockedAccounts.remove(account.get());
        }
    }
}
