package org.hmsach.identity.internal.people;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.sql.SqlUnits;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unit {@code identity}: opened at first use, again after a failure and when another version of store is there,
 * each piece of work in one transaction. Nothing of identity restarts with store.
 */
@Component(service = IdentityStore.class)
public final class IdentityStore {
    /** Opens the unit's entities with one version of store. */
    public interface Opener {
        EntityManagerFactory open(SqlUnits units, List<Class<?>> entities);
    }

    private static final Logger LOG = LoggerFactory.getLogger(IdentityStore.class);
    private static final List<Class<?>> ENTITIES =
            List.of(ChangeRow.class, KeyRow.class, PersonRow.class, SessionRow.class);
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final int THE_ONE = 1;

    private record Open(SqlUnits units, EntityManagerFactory unit) {}

    private final Opener opener;
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    private volatile Optional<Open> open = Optional.empty();
    private boolean failed;
    private long failedNanos;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<SqlUnits> stores;

    @Activate
    public IdentityStore(BundleContext context) {
        this(List.of(), (units, entities) -> units.open(context.getBundle(), "identity", entities));
    }

    public IdentityStore(List<SqlUnits> stores, Opener opener) {
        this.stores = stores;
        this.opener = opener;
    }

    /** Closes the unit. */
    @Deactivate
    public void close() {
        open.ifPresent(o -> o.unit().close());
    }

    /** Reads. @throws UnavailableException when the database does not answer */
    <T> T read(Function<EntityManager, T> work) {
        return withUnit(work);
    }

    /** Works in a transaction. @throws UnavailableException when the database does not answer */
    <T> T write(Function<EntityManager, T> work) {
        return withUnit(em -> {
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
        });
    }

    /** {@link #write} that counts as a change of people or keys. */
    <T> T change(Function<EntityManager, T> work) {
        return write(em -> {
            em.createQuery("update ChangeRow c set c.changeNumber = c.changeNumber + 1 where c.id = :id")
                    .setParameter("id", THE_ONE)
                    .executeUpdate();
            return work.apply(em);
        });
    }

    /** How many changes of people and keys there were. */
    long changes() {
        return read(IdentityStore::changes);
    }

    static long changes(EntityManager em) {
        return em.createQuery("select c from ChangeRow c where c.id = :id", ChangeRow.class)
                .setParameter("id", THE_ONE)
                .getSingleResult()
                .changeNumber();
    }

    private <T> T withUnit(Function<EntityManager, T> work) {
        openNewest();
        inUse.readLock().lock();
        try {
            return within(open.orElseThrow(IdentityStore::unavailable).unit(), work);
        } finally {
            inUse.readLock().unlock();
        }
    }

    private static <T> T within(EntityManagerFactory unit, Function<EntityManager, T> work) {
        try (EntityManager em = unit.createEntityManager()) {
            return work.apply(em);
        } catch (PersistenceException | DatabaseException e) {
            // find() lets EclipseLink's own kind through, queries wrap it
            throw away(e);
        } catch (IllegalStateException e) {
            // a closed unit says so in this way; anything else is a bug
            throw unit.isOpen() ? e : away(e);
        }
    }

    private boolean isOpenWith(SqlUnits units) {
        return open.filter(o -> o.units() == units).isPresent();
    }

    private SqlUnits newest() {
        List<SqlUnits> now = stores;
        if (now.isEmpty()) {
            throw unavailable();
        }
        return now.get(0);
    }

    private void openNewest() {
        if (isOpenWith(newest())) {
            return;
        }
        inUse.writeLock().lock();
        try {
            SqlUnits units = newest();
            if (isOpenWith(units)) {
                return;
            }
            if (failed && System.nanoTime() - failedNanos < RETRY_NANOS) {
                throw unavailable();
            }
            Open next = new Open(units, opener.open(units, ENTITIES));
            open.ifPresent(o -> o.unit().close());
            open = Optional.of(next);
            failed = false;
        } catch (PersistenceException | DatabaseException | IllegalStateException e) {
            failed = true;
            failedNanos = System.nanoTime();
            throw away(e);
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private static UnavailableException unavailable() {
        return UnavailableException.core("STORE_UNAVAILABLE", "the database does not answer", 2);
    }

    private static UnavailableException away(RuntimeException e) {
        LOG.warn("the database does not answer", e);
        return unavailable();
    }
}
