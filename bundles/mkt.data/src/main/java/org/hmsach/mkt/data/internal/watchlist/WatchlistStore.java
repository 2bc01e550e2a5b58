package org.hmsach.mkt.data.internal.watchlist;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.sql.SqlUnits;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watchlists in SQL. The unit is opened at first use, so that a slow database does not hold up market data. */
@Component(service = WatchlistStore.class)
public final class WatchlistStore {
    private static final Logger LOG = LoggerFactory.getLogger(WatchlistStore.class);

    private final Supplier<EntityManagerFactory> opener;
    private Optional<EntityManagerFactory> unit = Optional.empty();

    /** The context is there for the bundle alone, whose entities and migrations are opened. */
    @Activate
    public WatchlistStore(@Reference SqlUnits units, BundleContext context) {
        this(() -> units.open(context.getBundle(), "watchlists", List.of(WatchlistRow.class)));
    }

    public WatchlistStore(Supplier<EntityManagerFactory> opener) {
        this.opener = opener;
    }

    @Deactivate
    public synchronized void close() {
        unit.ifPresent(EntityManagerFactory::close);
        unit = Optional.empty();
    }

    /** The account's lists by name. */
    public List<Watchlist> of(UUID account) {
        return inTransaction(
                em -> rows(em, account).stream().map(WatchlistRow::value).toList());
    }

    public Optional<Watchlist> one(UUID account, UUID id) {
        return inTransaction(em -> row(em, account, id).map(WatchlistRow::value));
    }

    /** Keeps a new list; false when the account has one of that name or as many as are allowed. */
    public boolean add(Watchlist list) {
        return inTransaction(em -> {
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
        return inTransaction(em -> {
            if (isNamed(rows(em, list.account()), list)) {
                return false;
            }
            row(em, list.account(), list.id()).ifPresent(row -> row.change(list.name(), list.symbols(), nowMs));
            return true;
        });
    }

    /** False when there is no such list. */
    public boolean remove(UUID account, UUID id) {
        return inTransaction(em -> {
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

    private <T> T inTransaction(Function<EntityManager, T> work) {
        try (EntityManager em = open().createEntityManager()) {
            em.getTransaction().begin();
            try {
                T result = work.apply(em);
                em.getTransaction().commit();
                return result;
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        } catch (PersistenceException | IllegalStateException away) {
            LOG.warn("watchlists cannot be read or written", away);
            throw UnavailableException.core("STORE_UNAVAILABLE", "the database does not answer", 2);
        }
    }

    private synchronized EntityManagerFactory open() {
        if (unit.isEmpty()) {
            unit = Optional.of(opener.get());
        }
        return unit.get();
    }
}
