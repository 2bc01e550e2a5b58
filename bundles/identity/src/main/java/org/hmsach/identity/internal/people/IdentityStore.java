package org.hmsach.identity.internal.people;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.List;
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

/** The unit {@code identity}: opened at first use, again after a failure, each piece of work in one transaction. */
@Component(service = IdentityStore.class)
public final class IdentityStore {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityStore.class);
    private static final List<Class<?>> ENTITIES =
            List.of(ChangeRow.class, KeyRow.class, PersonRow.class, SessionRow.class);
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final int THE_ONE = 1;

    private final Supplier<EntityManagerFactory> opener;
    private volatile EntityManagerFactory unit;
    private boolean failed;
    private long failedNanos;

    @Activate
    public IdentityStore(@Reference SqlUnits units, BundleContext context) {
        this(() -> units.open(context.getBundle(), "identity", ENTITIES));
    }

    IdentityStore(Supplier<EntityManagerFactory> opener) {
        this.opener = opener;
    }

    /** A store over any units, for tests of other packages. */
    public static IdentityStore over(Function<List<Class<?>>, EntityManagerFactory> opener) {
        return new IdentityStore(() -> opener.apply(ENTITIES));
    }

    /** Closes the unit. */
    @Deactivate
    public void close() {
        EntityManagerFactory open = unit;
        if (open != null) {
            open.close();
        }
    }

    /** Reads. @throws UnavailableException when the database does not answer */
    <T> T read(Function<EntityManager, T> work) {
        try (EntityManager em = unit().createEntityManager()) {
            return work.apply(em);
        } catch (PersistenceException e) {
            throw away(e);
        }
    }

    /** Works in a transaction. @throws UnavailableException when the database does not answer */
    <T> T write(Function<EntityManager, T> work) {
        try (EntityManager em = unit().createEntityManager()) {
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
        } catch (PersistenceException e) {
            throw away(e);
        }
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

    private EntityManagerFactory unit() {
        EntityManagerFactory open = unit;
        return open != null ? open : open();
    }

    private synchronized EntityManagerFactory open() {
        if (unit != null) {
            return unit;
        }
        if (failed && System.nanoTime() - failedNanos < RETRY_NANOS) {
            throw UnavailableException.core("STORE_UNAVAILABLE", "the database does not answer", 2);
        }
        try {
            unit = opener.get();
            return unit;
        } catch (RuntimeException e) {
            failed = true;
            failedNanos = System.nanoTime();
            throw away(e);
        }
    }

    private static UnavailableException away(RuntimeException e) {
        LOG.warn("the database does not answer", e);
        return UnavailableException.core("STORE_UNAVAILABLE", "the database does not answer", 2);
    }
}
