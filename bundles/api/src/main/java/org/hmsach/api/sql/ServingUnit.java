package org.hmsach.api.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.Serving;
import org.hmsach.api.refusal.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One persistence unit over the version of store that serves: opened at first use, so that a slow database holds up no
 * start, again after a failure (at most once a second), and when another version of store serves. Its user does not
 * restart with store: the unit of the new version is opened while the one of the old version is used. Thread-safe.
 */
public final class ServingUnit {
    private static final Logger LOG = LoggerFactory.getLogger(ServingUnit.class);
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final int RETRY_AFTER_SECONDS = 2;

    /** A unit and how many work in it: who leaves last closes it, so that it is closed under none. */
    private static final class Open {
        private final SqlUnits units;
        private final EntityManagerFactory unit;
        private int users;
        private boolean retired;

        Open(SqlUnits units, EntityManagerFactory unit) {
            this.units = units;
            this.unit = unit;
        }

        synchronized boolean enter() {
            if (!retired) {
                users++;
            }
            return !retired;
        }

        synchronized void leave() {
            users--;
            closeIfDone();
        }

        synchronized void retire() {
            retired = true;
            closeIfDone();
        }

        private void closeIfDone() {
            if (retired && users == 0) {
                unit.close();
            }
        }
    }

    private final Supplier<List<Map.Entry<Map<String, Object>, SqlUnits>>> stores;
    private final Supplier<Optional<ModuleSwitch>> moduleSwitch;
    private final Function<SqlUnits, EntityManagerFactory> opener;
    private final LongSupplier clockNanos;
    /** Held by the one who opens a unit. */
    private final ReentrantLock opening = new ReentrantLock();

    private volatile Optional<Open> open = Optional.empty();
    private boolean closed;
    private boolean failed;
    private long failedNanos;

    /**
     * @param stores       the services that are there now with their properties, the preferred one last
     * @param moduleSwitch empty while the core is away: then the preferred one is used
     * @param opener       opens the user's unit with one version of store
     * @param clockNanos   {@link System#nanoTime}
     */
    public ServingUnit(
            Supplier<List<Map.Entry<Map<String, Object>, SqlUnits>>> stores,
            Supplier<Optional<ModuleSwitch>> moduleSwitch,
            Function<SqlUnits, EntityManagerFactory> opener,
            LongSupplier clockNanos) {
        this.stores = stores;
        this.moduleSwitch = moduleSwitch;
        this.opener = opener;
        this.clockNanos = clockNanos;
    }

    /** Opens none from now on; the one that is open is closed when nobody is at work in it. */
    public synchronized void close() {
        closed = true;
        open.ifPresent(Open::retire);
        open = Optional.empty();
    }

    /** When another version of store serves, its unit is opened and used from now on. */
    public void follow() {
        opening.lock();
        try {
            Optional<SqlUnits> serving = serving();
            if (open.isPresent() && serving.isPresent() && !isOpenWith(serving.get())) {
                use(new Open(serving.get(), opener.apply(serving.get())));
            }
        } catch (RuntimeException e) {
            if (!UnitWork.isFailure(e) && !(e instanceof IllegalStateException)) {
                throw e;
            }
            LOG.warn("the new version of store is not used as long as the old one is there", e);
        } finally {
            opening.unlock();
        }
    }

    /**
     * Works without a transaction, see {@link UnitWork#read}.
     *
     * @throws UnavailableException {@code STORE_UNAVAILABLE}, when the database does not answer
     */
    public <T> T read(Function<EntityManager, T> work) {
        return within(unit -> UnitWork.read(unit, work));
    }

    /** Works in a transaction, see {@link UnitWork#write}; throws as {@link #read}. */
    public <T> T write(Function<EntityManager, T> work) {
        return within(unit -> UnitWork.write(unit, work));
    }

    private <T> T within(Function<EntityManagerFactory, T> work) {
        Open entered = enter();
        try {
            return work.apply(entered.unit);
        } catch (RuntimeException e) {
            // a closed unit says IllegalStateException; of an open one that is a bug
            boolean closedUnit = e instanceof IllegalStateException && !entered.unit.isOpen();
            throw closedUnit || UnitWork.isFailure(e) ? away(e) : e;
        } finally {
            entered.leave();
        }
    }

    private Open enter() {
        while (true) {
            if (!isOpen()) {
                openOne();
            }
            Open now = open.orElseThrow(ServingUnit::unavailable);
            if (now.enter()) {
                return now;
            }
        }
    }

    private boolean isOpenWith(SqlUnits units) {
        return open.filter(o -> o.units == units).isPresent();
    }

    /** Whether the unit's version of store is still there. */
    private boolean isOpen() {
        return stores.get().stream().anyMatch(store -> isOpenWith(store.getValue()));
    }

    /** The version of store that serves; of several the preferred one. */
    private Optional<SqlUnits> serving() {
        Optional<ModuleSwitch> gates = moduleSwitch.get();
        return stores.get().stream()
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
            SqlUnits units = serving().orElseThrow(ServingUnit::unavailable);
            if (failed && clockNanos.getAsLong() - failedNanos < RETRY_NANOS) {
                throw unavailable();
            }
            use(new Open(units, opened(units)));
            failed = false;
        } finally {
            opening.unlock();
        }
    }

    private EntityManagerFactory opened(SqlUnits units) {
        try {
            return opener.apply(units);
        } catch (RuntimeException e) {
            if (!UnitWork.isFailure(e) && !(e instanceof IllegalStateException)) {
                throw e;
            }
            failed = true;
            failedNanos = clockNanos.getAsLong();
            throw away(e);
        }
    }

    /** From now on this one; the one before is closed when the work in it is done. */
    private synchronized void use(Open next) {
        if (closed) {
            next.retire();
            throw unavailable();
        }
        Optional<Open> before = open;
        open = Optional.of(next);
        before.ifPresent(Open::retire);
    }

    private static UnavailableException unavailable() {
        return UnavailableException.core("STORE_UNAVAILABLE", "the database does not answer", RETRY_AFTER_SECONDS);
    }

    private static UnavailableException away(RuntimeException e) {
        LOG.warn("the database does not answer", e);
        return unavailable();
    }
}
