package org.hmsach.identity.internal.people;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.Serving;
import org.hmsach.api.module.SwitchListener;
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
 * The unit {@code identity}: opened at first use, again after a failure and when another version of store serves, each
 * piece of work in one transaction. Nothing of identity restarts with store: the unit of the new version is opened
 * while the one of the old version is used.
 */
@Component(service = {IdentityStore.class, SwitchListener.class})
public final class IdentityStore implements SwitchListener {
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
    private final LongSupplier clockNanos;
    /** Held by each piece of work, so that a unit is closed under none. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    /** Held by the one who opens a unit. */
    private final ReentrantLock opening = new ReentrantLock();

    private volatile Optional<Open> open = Optional.empty();
    private boolean failed;
    private long failedNanos;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, SqlUnits>> stores;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModuleSwitch> switches = List.of();

    @Activate
    public IdentityStore(BundleContext context) {
        this(List.of(), (units, entities) -> units.open(context.getBundle(), "identity", entities), System::nanoTime);
    }

    /** @param stores the preferred one last; without the core's switch that one is used */
    public IdentityStore(
            List<Map.Entry<Map<String, Object>, SqlUnits>> stores, Opener opener, LongSupplier clockNanos) {
        this.stores = stores;
        this.opener = opener;
        this.clockNanos = clockNanos;
    }

    /** Closes the unit, when nobody is at work in it. */
    @Deactivate
    public void close() {
        use(Optional.empty());
    }

    /** When another version of store serves, its unit is opened and used from now on. */
    @Override
    public void switched() {
        opening.lock();
        try {
            Optional<SqlUnits> serving = serving();
            if (open.isPresent() && serving.isPresent() && !isOpenWith(serving.get())) {
                use(Optional.of(new Open(serving.get(), opener.open(serving.get(), ENTITIES))));
            }
        } catch (PersistenceException | DatabaseException | IllegalStateException e) {
            LOG.warn("the new version of store is not used as long as the old one is there", e);
        } finally {
            opening.unlock();
        }
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
        if (!isOpen()) {
            openOne();
        }
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

    /** Whether the unit's version of store is still there. */
    private boolean isOpen() {
        return stores.stream().anyMatch(store -> isOpenWith(store.getValue()));
    }

    /** The version of store that serves; of several the preferred one. */
    private Optional<SqlUnits> serving() {
        Optional<ModuleSwitch> gates = switches.stream().findFirst();
        return stores.stream()
                .filter(store -> gates.isEmpty() || gates.get().serves(Serving.bundle(store.getKey())))
                .map(Map.Entry::getValue)
                .reduce((less, more) -> more);
    }

    private void openOne() {
        opening.lock();
        try {
            if (isOpen()) {
                return;
            }
            SqlUnits units = serving().orElseThrow(IdentityStore::unavailable);
            if (failed && clockNanos.getAsLong() - failedNanos < RETRY_NANOS) {
                throw unavailable();
            }
            use(Optional.of(new Open(units, opener.open(units, ENTITIES))));
            failed = false;
        } catch (PersistenceException | DatabaseException | IllegalStateException e) {
            failed = true;
            failedNanos = clockNanos.getAsLong();
            throw away(e);
        } finally {
            opening.unlock();
        }
    }

    /** From now on this one; the one before is closed when the work in it is done. */
    private void use(Optional<Open> next) {
        inUse.writeLock().lock();
        try {
            open.ifPresent(o -> o.unit().close());
            open = next;
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
