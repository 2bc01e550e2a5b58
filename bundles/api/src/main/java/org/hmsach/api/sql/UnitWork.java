package org.hmsach.api.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Pieces of work in a persistence unit. One that the database fails is done again for 0.4 s, where that cannot do it
 * twice: while a script changes a table, H2 knows nothing of that table for whoever asks just then.
 */
public final class UnitWork {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    /** Its {@code find()} lets failures of its own kind through, which are no PersistenceException. */
    private static final String PROVIDER = "org.eclipse.persistence.";

    private UnitWork() {}

    /**
     * Works without a transaction.
     *
     * @param work changes nothing; may be called again
     * @throws RuntimeException that of the last try
     */
    public static <T> T read(EntityManagerFactory unit, Function<EntityManager, T> work) {
        return tried(unit, work, () -> true);
    }

    /**
     * Works in a transaction, which is rolled back when the work throws.
     *
     * @param work changes nothing but what is in the transaction; may be called again
     * @throws RuntimeException that of the last try; after one of the commit itself there is no other try
     */
    public static <T> T write(EntityManagerFactory unit, Function<EntityManager, T> work) {
        AtomicBoolean commits = new AtomicBoolean();
        return tried(
                unit,
                em -> {
                    em.getTransaction().begin();
                    try {
                        T result = work.apply(em);
                        em.flush();
                        commits.set(true);
                        em.getTransaction().commit();
                        return result;
                    } finally {
                        if (em.getTransaction().isActive()) {
                            em.getTransaction().rollback();
                        }
                    }
                },
                () -> !commits.get());
    }

    private static <T> T tried(EntityManagerFactory unit, Function<EntityManager, T> work, BooleanSupplier mayRepeat) {
        long beganNanos = System.nanoTime();
        while (true) {
            try (EntityManager em = unit.createEntityManager()) {
                return work.apply(em);
            } catch (RuntimeException e) {
                boolean late = System.nanoTime() - beganNanos > PATIENCE_NANOS;
                if (late || !isFailure(e) || !mayRepeat.getAsBoolean()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Whether it is the database's, or the provider's about it, and no bug of the work. */
    public static boolean isFailure(RuntimeException e) {
        return e instanceof PersistenceException || e.getClass().getName().startsWith(PROVIDER);
    }
}
