package org.hmsach.mkt.data.internal.watchlist;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.SwitchListener;
import org.hmsach.api.sql.ServingUnit;
import org.hmsach.api.sql.SqlUnits;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Watchlists in SQL: the unit {@code watchlists} of the store that serves. No market data restarts with store. */
@Component(service = {WatchlistStore.class, SwitchListener.class})
public final class WatchlistStore implements SwitchListener {
    private final ServingUnit unit;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, SqlUnits>> stores;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModuleSwitch> switches = List.of();

    /** The context is there for the bundle alone, whose entities and migrations are opened. */
    @Activate
    public WatchlistStore(BundleContext context) {
        this(List.of(), units -> units.open(context.getBundle(), "watchlists", List.of(WatchlistRow.class)));
    }

    /** @param stores the preferred one last; without the core's switch that one is used */
    public WatchlistStore(
            List<Map.Entry<Map<String, Object>, SqlUnits>> stores, Function<SqlUnits, EntityManagerFactory> opener) {
        this.stores = stores;
        this.unit = new ServingUnit(() -> this.stores, () -> switches.stream().findFirst(), opener, System::nanoTime);
    }

    @Deactivate
    public void close() {
        unit.close();
    }

    @Override
    public void switched() {
        unit.follow();
    }

    /** The account's lists by name. */
    public List<Watchlist> of(UUID account) {
        return unit.read(
                em -> rows(em, account).stream().map(WatchlistRow::value).toList());
    }

    public Optional<Watchlist> one(UUID account, UUID id) {
        return unit.read(em -> row(em, account, id).map(WatchlistRow::value));
    }

    /** Keeps a new list; false when the account has one of that name or as many as are allowed. */
    public boolean add(Watchlist list) {
        return unit.write(em -> {
            List<WatchlistRow> present = rows(em, list.account());
            if (present.size() >= Watchlist.MAX_LISTS || isNamed(present, list)) {
                return false;
            }
            em.persist(new WatchlistRow(list));
            return true;
        });
    }

    /** Replaces name and symbols; false when another list of the account has that name. */
    public boolean change(Watchlist list, long nowMs) {
        return unit.write(em -> {
            if (isNamed(rows(em, list.account()), list)) {
                return false;
            }
            row(em, list.account(), list.id()).ifPresent(row -> row.change(list.name(), list.symbols(), nowMs));
            return true;
        });
    }

    /** False when there is no such list. */
    public boolean remove(UUID account, UUID id) {
        return unit.write(em -> {
            Optional<WatchlistRow> row = row(em, account, id);
            row.ifPresent(em::remove);
            return row.isPresent();
        });
    }

    private static boolean isNamed(List<WatchlistRow> rows, Watchlist list) {
        return rows.stream()
                .map(WatchlistRow::value)
                .anyMatch(
                        other -> other.name().equals(list.name()) && !other.id().equals(list.id()));
    }

    private static List<WatchlistRow> rows(EntityManager em, UUID account) {
        return em.createQuery(
                        "select w from WatchlistRow w where w.account = :account order by w.name", WatchlistRow.class)
                .setParameter("account", account.toString())
                .getResultList();
    }

    private static Optional<WatchlistRow> row(EntityManager em, UUID account, UUID id) {
        return em.createQuery(
                        "select w from WatchlistRow w where w.account = :account and w.id = :id", WatchlistRow.class)
                .setParameter("account", account.toString())
                .setParameter("id", id.toString())
                .getResultStream()
                .findFirst();
    }
}
