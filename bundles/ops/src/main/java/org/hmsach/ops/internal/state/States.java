package org.hmsach.ops.internal.state;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.hmsach.api.module.StateForm;
import org.hmsach.api.module.StateTransform;
import org.hmsach.api.sql.SqlMigrations;
import org.hmsach.ops.internal.frame.Bounded;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** The state that bundles of this framework keep. */
public final class States {
    private final BundleContext context;
    private final Supplier<Duration> bound;

    /** Over the whole framework. @param bound for the SQL scripts of a bundle, and for each step of its transform */
    public States(BundleContext context, Supplier<Duration> bound) {
        this.context = context;
        this.bound = bound;
    }

    /** What the bundle's manifest says. */
    public StateForm declared(Bundle bundle) throws StateTrouble {
        List<BundleCapability> declared =
                bundle.adapt(BundleRevision.class).getDeclaredCapabilities(StateForm.NAMESPACE);
        if (declared.size() > 1) {
            throw new StateTrouble(name(bundle) + " declares " + StateForm.NAMESPACE + " " + declared.size()
                    + " times, once is the limit");
        }
        try {
            return declared.isEmpty()
                    ? StateForm.NONE
                    : StateForm.of(declared.get(0).getAttributes());
        } catch (IllegalArgumentException e) {
            throw new StateTrouble("the manifest of " + name(bundle) + " is wrong: " + e.getMessage(), e);
        }
    }

    /** SQL scripts of the bundle that have not run; none where it has no unit. Changes nothing. */
    public List<String> pending(Bundle bundle) throws StateTrouble {
        String unit = declared(bundle).sqlUnit();
        try {
            return unit.isEmpty() ? List.of() : withStore(unit, store -> store.pending(bundle, unit));
        } catch (IllegalStateException e) {
            throw new StateTrouble(e.getMessage(), e);
        }
    }

    /** Runs them. */
    public void migrate(Bundle bundle) throws StateTrouble, InterruptedException {
        String unit = declared(bundle).sqlUnit();
        bounded(
                "the run of the SQL scripts of unit " + unit,
                () -> withStore(unit, store -> store.migrate(bundle, unit)));
    }

    private interface Work {
        List<String> with(SqlMigrations store);
    }

    private List<String> withStore(String unit, Work work) throws StateTrouble {
        ServiceReference<SqlMigrations> reference = context.getServiceReference(SqlMigrations.class);
        SqlMigrations store = reference == null ? null : context.getService(reference);
        if (store == null) {
            throw new StateTrouble("no store is here, which runs the SQL scripts of unit " + unit);
        }
        try {
            return work.with(store);
        } finally {
            context.ungetService(reference);
        }
    }

    /**
     * The way from what runs to what comes.
     *
     * @param leaving what runs; empty when nothing of the name does
     * @throws StateTrouble when one of them does not go with the other, or is declared wrongly
     */
    public StateMove move(Optional<Bundle> leaving, Bundle coming) throws StateTrouble {
        StateForm from = leaving.isPresent() ? declared(leaving.get()) : StateForm.NONE;
        StateForm to = declared(coming);
        if (to.sqlUnit().isEmpty() && coming.findEntries("db/migration", "*.sql", false) != null) {
            throw new StateTrouble(name(coming) + " has SQL scripts in db/migration and does not say of which unit:"
                    + " declare sqlUnit in the capability " + StateForm.NAMESPACE);
        }
        if (leaving.isPresent()) {
            expectBothWays(from, to);
        }
        return new StateMove(this, new StateMove.Side(leaving, from), new StateMove.Side(Optional.of(coming), to));
    }

    private static void expectBothWays(StateForm from, StateForm to) throws StateTrouble {
        String left = "what runs " + keeps(from);
        String comes = "the new version " + keeps(to);
        if (to.form() < from.form()) {
            if (!from.givesBack(to.form())) {
                throw new StateTrouble(left + " and gives it back to form " + from.downgradeTo()
                        + " at the oldest (downgradeTo); " + comes);
            }
            if (!from.takesOver(to.form())) {
                throw new StateTrouble(left + " and could not come back on probation: it takes over form "
                        + from.upgradeFrom() + " at the oldest (upgradeFrom); " + comes);
            }
        } else if (!to.takesOver(from.form())) {
            throw new StateTrouble(
                    comes + " and takes over form " + to.upgradeFrom() + " at the oldest (upgradeFrom); " + left);
        } else if (!to.givesBack(from.form())) {
            throw new StateTrouble(comes + " and could not give way on probation: it gives back to form "
                    + to.downgradeTo() + " at the oldest (downgradeTo); " + left);
        }
    }

    private static String keeps(StateForm form) {
        return form.form() == 0 ? "declares no state (form 0)" : "keeps its state in form " + form.form();
    }

    /** A call of the bundle's transform. */
    interface Call {
        void to(StateTransform transform) throws Exception;
    }

    boolean hasTransform(Bundle bundle) {
        return !transforms(bundle).isEmpty();
    }

    /** Asks the bundle's transform, on a thread of its own and within the bound. */
    void ask(Bundle bundle, String what, Call call) throws StateTrouble, InterruptedException {
        List<ServiceReference<?>> offered = transforms(bundle);
        if (offered.size() != 1) {
            throw new StateTrouble(name(bundle) + " offers " + offered.size()
                    + " StateTransform services, one is needed for the " + what);
        }
        if (!(context.getService(offered.get(0)) instanceof StateTransform transform)) {
            throw new StateTrouble("the StateTransform of " + name(bundle) + " is gone");
        }
        try {
            bounded("the " + what + " by " + name(bundle), () -> {
                call.to(transform);
                return true;
            });
        } finally {
            context.ungetService(offered.get(0));
        }
    }

    private static List<ServiceReference<?>> transforms(Bundle bundle) {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        return registered == null
                ? List.of()
                : List.of(registered).stream()
                        .filter(one -> List.of((String[]) one.getProperty("objectClass"))
                                .contains(StateTransform.class.getName()))
                        .toList();
    }

    private void bounded(String what, Callable<?> work) throws StateTrouble, InterruptedException {
        try {
            Bounded.run(what, bound.get(), work);
        } catch (TimeoutException e) {
            throw new StateTrouble(e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new StateTrouble(what + " failed: " + e.getCause(), e);
        }
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
