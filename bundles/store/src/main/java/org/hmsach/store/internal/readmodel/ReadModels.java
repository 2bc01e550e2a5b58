package org.hmsach.store.internal.readmodel;

import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.history.History;
import org.hmsach.api.history.ReadModelControl;
import org.hmsach.api.order.Order;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Tape;
import org.hmsach.store.internal.sql.Units;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The read models as a service: a thread that follows the tape, queries, and how far behind they are. */
@Component(
        service = {History.class, ReadModelControl.class, HealthCheck.class},
        immediate = true,
        property = {HealthCheck.NAME + "=store.readmodel", HealthCheck.TAGS + "=readmodel"})
public final class ReadModels implements History, ReadModelControl, HealthCheck {
    private static final String NOT_OPEN = "the read models are not open yet";
    private static final long TAKE_OVER_MS = 3_000;
    private static final Duration LAG_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /** Held by each query, so that the unit is closed under none. */
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();

    private final Supplier<EntityManagerFactory> opener;
    private final Supplier<Optional<Tape>> tapes;
    private final Progress progress = new Progress();
    private final Follower follower;
    private final Thread thread;
    private volatile EntityManagerFactory unit;

    @Activate
    public ReadModels(@Reference Units units, @Reference TapeSeam tapes, BundleContext context) {
        this(
                () -> units.open(context.getBundle(), "store", Rows.ENTITIES),
                tapes::current,
                tapes::isMine,
                TAKE_OVER_MS);
    }

    ReadModels(
            Supplier<EntityManagerFactory> opener,
            Supplier<Optional<Tape>> tapes,
            BooleanSupplier mine,
            long takeOverMs) {
        this.opener = opener;
        this.tapes = tapes;
        follower = new Follower(this::open, tapes, progress, mine, takeOverMs);
        thread = new Thread(follower, "hms-store-readmodels");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the thread, then the unit. */
    @Deactivate
    public void stop() throws InterruptedException {
        follower.close();
        thread.join(STOP_LIMIT.toMillis());
        boolean alone = inUse.writeLock().tryLock(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        EntityManagerFactory open = unit;
        unit = null;
        if (open != null) {
            open.close();
        }
        if (alone) {
            inUse.writeLock().unlock();
        }
    }

    @Override
    public List<Order> orders(OrderQuery query) {
        return query(queries -> queries.orders(query));
    }

    @Override
    public Optional<Order> order(UUID id) {
        return query(queries -> queries.order(id));
    }

    @Override
    public Optional<Order> orderByClientId(UUID account, String clientOrderId) {
        return query(queries -> queries.orderByClientId(account, clientOrderId));
    }

    @Override
    public List<Activity> activities(ActivityQuery query) {
        return query(queries -> queries.activities(query));
    }

    @Override
    public List<ValuePoint> values(UUID account, long fromMs, long toMs) {
        return query(queries -> queries.values(account, fromMs, toMs));
    }

    @Override
    public long appliedNumber() {
        return progress.applied();
    }

    @Override
    public boolean awaitNumber(long number, Duration wait) throws InterruptedException {
        return progress.await(number, wait);
    }

    @Override
    public Standing standing() {
        long last = tapes.get().map(Tape::lastNumber).orElse(0L);
        return new Standing(
                progress.applied(),
                last,
                progress.rebuilds(),
                progress.target(),
                progress.trouble().orElse(""));
    }

    @Override
    public void rebuild() {
        follower.rebuild();
    }

    @Override
    public Result execute() {
        Optional<String> trouble = progress.trouble();
        if (trouble.isPresent()) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, trouble.get());
        }
        if (unit == null) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, NOT_OPEN);
        }
        long lag = tapes.get().map(Tape::lastNumber).orElse(0L) - progress.applied();
        boolean stuck = lag > 0 && progress.sinceMove().compareTo(LAG_LIMIT) > 0;
        return new Result(stuck ? Result.Status.WARN : Result.Status.OK, lag + " events behind the tape");
    }

    /** Called by the follower alone, again and again until the database is there. */
    private EntityManagerFactory open() {
        if (unit == null) {
            unit = opener.get();
        }
        return unit;
    }

    private <T> T query(Function<Queries, T> work) {
        inUse.readLock().lock();
        try {
            EntityManagerFactory open = unit;
            if (open == null) {
                throw UnavailableException.core("STORE_UNAVAILABLE", NOT_OPEN, 2);
            }
            long rebuilds = progress.rebuilds();
            expectWhole(rebuilds);
            T answer = work.apply(new Queries(open));
            expectWhole(rebuilds); // rows may have been dropped while they were read
            return answer;
        } finally {
            inUse.readLock().unlock();
        }
    }

    private void expectWhole(long rebuilds) {
        long target = progress.target();
        if (target > 0 || progress.rebuilds() != rebuilds) {
            throw UnavailableException.core(
                    "READ_MODELS_REBUILDING",
                    "the history is made anew from the tape, event " + progress.applied() + " of " + target,
                    2);
        }
    }
}
