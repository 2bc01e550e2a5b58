package org.hmsach.identity.internal.login;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.identity.Role;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.Refused;
import org.hmsach.identity.internal.core.CoreSeam;

/** As much of the core as identity needs: accounts, grants, revoked keys; remembers the commands. */
public final class FakeCore implements Door {
    private final Map<UUID, Account> accounts = new LinkedHashMap<>();
    private final Map<UUID, Map<UUID, Role>> access = new TreeMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final List<Command> commands = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private Optional<Refused> refusal = Optional.empty();

    public CoreSeam seam() {
        return new CoreSeam(List.of(portfolio()), List.of(this));
    }

    public List<Command> commands() {
        return commands;
    }

    public List<Origin> origins() {
        return origins;
    }

    /** From now on every command is refused. */
    public void refuse(Refused why) {
        refusal = Optional.of(why);
    }

    public UUID account() {
        UUID id = HmsId.of(1, accounts.size() + 1L, 0);
        accounts.put(
                id, new Account(id, org.hmsach.api.money.Currency.USD, 12_345, 0, 0, 0, List.of(), 0, false, 1_000, 0));
        return id;
    }

    public void grant(UUID person, UUID account, Role role) {
        access.computeIfAbsent(person, p -> new TreeMap<>()).put(account, role);
    }

    @Override
    public CompletionStage<Outcome> submit(Command command, Origin origin) {
        commands.add(command);
        origins.add(origin);
        Optional<UUID> subject = Optional.empty();
        if (refusal.isEmpty()) {
            subject = apply(command);
        }
        return CompletableFuture.completedFuture(new Outcome(1, 1, subject, false, refusal));
    }

    private Optional<UUID> apply(Command command) {
        if (command instanceof Commands.RevokeKey revoke) {
            revoked.add(revoke.keyId());
        } else if (command instanceof Commands.GrantAccess grant) {
            grant(grant.principal(), grant.account(), grant.role());
        } else if (command instanceof Commands.RevokeAccess revoke) {
            access.getOrDefault(revoke.principal(), new TreeMap<>()).remove(revoke.account());
        } else if (command instanceof Commands.OpenAccount) {
            return Optional.of(account());
        }
        return Optional.empty();
    }

    private Portfolio portfolio() {
        return (Portfolio) Proxy.newProxyInstance(
                FakeCore.class.getClassLoader(),
                new Class<?>[] {Portfolio.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "isRevoked" -> revoked.contains(args[0]);
                    case "access" ->
                        Optional.ofNullable(
                                access.getOrDefault(args[0], Map.of()).get(args[1]));
                    case "accessOf" -> Map.copyOf(access.getOrDefault(args[0], Map.of()));
                    case "accessTo" -> accessTo((UUID) args[0]);
                    case "account" -> Optional.ofNullable(accounts.get(args[0]));
                    case "accounts" -> List.copyOf(accounts.values());
                    case "mark" -> Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Map<UUID, Role> accessTo(UUID account) {
        Map<UUID, Role> to = new TreeMap<>();
        access.forEach((person, map) -> {
            if (map.containsKey(account)) {
                to.put(person, map.get(account));
            }
        });
        return to;
    }
}
