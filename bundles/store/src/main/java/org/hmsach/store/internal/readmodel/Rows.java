package org.hmsach.store.internal.readmodel;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.Function;
import org.hmsach.api.sql.UnitWork;
import org.hmsach.api.tape.TapeEvent;

/** Writes the read models: rows and bookmark in one transaction, and only by the holder of the newest fence. */
final class Rows {
    /** Raise it when the meaning of the rows changes: they are then dropped and made anew. */
    static final int MODEL_VERSION = 1;

    static final List<Class<?>> ENTITIES = List.of(
            ActivityRow.class,
            BookmarkRow.class,
            CashRow.class,
            HoldingRow.class,
            OrderRow.class,
            PriceRow.class,
            ValueRow.class);

    private final EntityManagerFactory unit;

    Rows(EntityManagerFactory unit) {
        this.unit = unit;
    }

    Bookmark bookmark() {
        return inTransaction(Rows::read);
    }

    /** Makes the caller the only writer. */
    Bookmark takeOver() {
        return inTransaction(em -> {
            em.createQuery("update BookmarkRow b set b.fence = b.fence + 1 where b.id = :id")
                    .setParameter("id", BookmarkRow.THE_ONE)
                    .executeUpdate();
            return read(em);
        });
    }

    /** Adds the events' effect and moves the bookmark. @return whether the caller still is the writer */
    boolean apply(Bookmark from, Bookmark to, List<TapeEvent> events) {
        return inTransaction(em -> {
            boolean ours = move(em, from, to);
            if (ours) {
                Projection.apply(em, events);
            }
            return ours;
        });
    }

    /** Empties everything. @return the bookmark to go on from, as far as the caller still is the writer */
    Bookmark drop(Bookmark from) {
        Bookmark start = new Bookmark(0, from.fence(), MODEL_VERSION, new Bookmark.Check(0, 0, 0));
        inTransaction(em -> {
            if (move(em, from, start)) {
                ENTITIES.stream().filter(entity -> entity != BookmarkRow.class).forEach(entity -> em.createQuery(
                                "delete from " + entity.getSimpleName() + " r")
                        .executeUpdate());
            }
            return true;
        });
        return start;
    }

    private static boolean move(EntityManager em, Bookmark from, Bookmark to) {
        int moved = em.createQuery("update BookmarkRow b set b.applied = :applied, b.modelVersion = :version,"
                        + " b.checkNumber = :number, b.checkEntry = :entry, b.checkMs = :ms"
                        + " where b.id = :id and b.applied = :from and b.fence = :fence")
                .setParameter("applied", to.applied())
                .setParameter("version", to.modelVersion())
                .setParameter("number", to.check().number())
                .setParameter("entry", to.check().entry())
                .setParameter("ms", to.check().timeMs())
                .setParameter("id", BookmarkRow.THE_ONE)
                .setParameter("from", from.applied())
                .setParameter("fence", from.fence())
                .executeUpdate();
        return moved == 1;
    }

    private static Bookmark read(EntityManager em) {
        return em.createQuery("select b from BookmarkRow b where b.id = :id", BookmarkRow.class)
                .setParameter("id", BookmarkRow.THE_ONE)
                .getSingleResult()
                .bookmark();
    }

    private <T> T inTransaction(Function<EntityManager, T> work) {
        return UnitWork.write(unit, work);
    }
}
