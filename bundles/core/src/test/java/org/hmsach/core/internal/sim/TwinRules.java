package org.hmsach.core.internal.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.ReferencePrice;

/** What people and modules have set, as the twin keeps it. */
final class TwinRules {
    /** Who may do what on which account. */
    record Grant(UUID principal, UUID account) {}

    /** A symbol restricted for an account, or for all. */
    record Restriction(Optional<UUID> account, String symbol) {}

    /** An idempotency key and what it was used for. */
    record Key(UUID principal, String key, Command command, TwinAnswer answer, long day) {}

    /** A venue and the executions taken from it, by id with the day. */
    static final class Venue {
        boolean internal;
        long incarnation;
        final Map<String, Long> executions = new TreeMap<>();
    }

    final Map<String, Instrument> instruments = new TreeMap<>();
    final Map<String, ReferencePrice> marks = new TreeMap<>();
    final Map<String, Venue> venues = new TreeMap<>();
    final Map<String, Long> bookmarks = new TreeMap<>();
    final List<Cause> causes = new ArrayList<>();
    final List<Key> keys = new ArrayList<>();
    final List<Restriction> restrictions = new ArrayList<>();
    final Map<UUID, Map<UUID, Role>> roles = new TreeMap<>();
    final Map<UUID, Limits> accountLimits = new TreeMap<>();
    final Set<UUID> stopped = new TreeSet<>();
    final Set<String> revokedKeys = new TreeSet<>();
    Limits limits = Limits.INITIAL;
    boolean allStopped;
    List<String> required = List.of();

    Limits limits(UUID account) {
        return accountLimits.getOrDefault(account, limits);
    }

    boolean mayTrade(UUID principal, UUID account) {
        Role role = roles.getOrDefault(account, Map.of()).get(principal);
        return role == Role.INVESTOR || role == Role.TRADER;
    }

    boolean isRestricted(UUID account, String symbol) {
        return restrictions.contains(new Restriction(Optional.empty(), symbol))
                || restrictions.contains(new Restriction(Optional.of(account), symbol));
    }

    boolean isTaken(Cause cause) {
        return cause.entry() <= bookmarks.getOrDefault(cause.module(), -1L) || causes.contains(cause);
    }

    void moveBookmark(String module, long entry) {
        bookmarks.put(module, entry);
        causes.removeIf(c -> c.module().equals(module) && c.entry() <= entry);
    }
}
