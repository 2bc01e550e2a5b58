package org.hmsach.identity.internal.people;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
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

/** The unit {@code identity} of the store that serves. Nothing of identity restarts with store. */
@Component(service = {IdentityStore.class, SwitchListener.class})
public final class IdentityStore implements SwitchListener {
    /** Opens the unit's entities with one version of store. */
    public interface Opener {
        EntityManagerFactory open(SqlUnits units, List<Class<?>> entities);
    }

    private static final List<Class<?>> ENTITIES =
            List.of(ChangeRow.class, KeyRow.class, PersonRow.class, SessionRow.class);
    private static final int THE_ONE = 1;

    private final ServingUnit unit;

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
        this.unit = new ServingUnit(
                () -> this.stores,
                () -> switches.stream().findFirst(),
                units -> opener.open(units, ENTITIES),
                clockNanos);
    }

    /** Closes the unit, when nobody is at work in it. */
    @Deactivate
    public void close() {
        unit.close();
    }

    @Override
    public void switched() {
        unit.follow();
    }

    /** Reads. @throws UnavailableException when the database does not answer */
    <T> T read(Function<EntityManager, T> work) {
        return unit.read(work);
    }

    /** Works in a transaction. @throws UnavailableException when the database does not answer */
    <T> T write(Function<EntityManager, T> work) {
        return unit.write(work);
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
}
