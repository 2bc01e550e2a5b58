package org.hmsach.store.internal.readmodel;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.hmsach.api.history.History;
import org.hmsach.api.order.Order;
import org.hmsach.api.refusal.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the read models. */
final class Queries {
    private static final Logger LOG = LoggerFactory.getLogger(Queries.class);
    private static final int MAX_VALUES = 10_000;

    private final EntityManagerFactory unit;

    Queries(EntityManagerFactory unit) {
        this.unit = unit;
    }

    List<Order> orders(History.OrderQuery query) {
        String direction = query.ascending() ? "asc" : "desc";
        String jpql = "select o from OrderRow o where o.account = :account"
                + " and o.createdMs > :after and o.createdMs < :until"
                + (query.states().isEmpty() ? "" : " and o.orderState in :states")
                + (query.symbols().isEmpty() ? "" : " and o.symbol in :symbols")
                + " order by o.createdMs " + direction + ", o.firstNumber " + direction;
        return read(em -> {
            TypedQuery<OrderRow> typed = em.createQuery(jpql, OrderRow.class)
                    .setParameter("account", query.account().toString())
                    .setParameter("after", query.afterMs())
                    .setParameter("until", query.untilMs())
                    .setMaxResults(within(query.limit(), 500));
            if (!query.states().isEmpty()) {
                typed.setParameter(
                        "states", query.states().stream().map(Enum::name).toList());
            }
            if (!query.symbols().isEmpty()) {
                typed.setParameter("symbols", List.copyOf(query.symbols()));
            }
            return typed.getResultList().stream().map(OrderRow::order).toList();
        });
    }

    Optional<Order> order(UUID id) {
        return read(em ->
                Optional.ofNullable(em.find(OrderRow.class, id.toString())).map(OrderRow::order));
    }

    Optional<Order> orderByClientId(UUID account, String clientOrderId) {
        // ids are forgotten after some business days and may come again: the newest counts
        return read(em -> em.createQuery(
                        "select o from OrderRow o where o.account = :account and o.clientOrderId = :id"
                                + " order by o.firstNumber desc",
                        OrderRow.class)
                .setParameter("account", account.toString())
                .setParameter("id", clientOrderId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(OrderRow::order));
    }

    List<History.Activity> activities(History.ActivityQuery query) {
        String jpql = "select a from ActivityRow a where a.account = :account"
                + " and a.timeMs > :after and a.timeMs < :until"
                + (query.types().isEmpty() ? "" : " and a.kind in :kinds")
                + (query.pageToken().isEmpty() ? "" : " and a.id " + (query.ascending() ? ">" : "<") + " :token")
                + " order by a.id " + (query.ascending() ? "asc" : "desc");
        return read(em -> {
            TypedQuery<ActivityRow> typed = em.createQuery(jpql, ActivityRow.class)
                    .setParameter("account", query.account().toString())
                    .setParameter("after", query.afterMs())
                    .setParameter("until", query.untilMs())
                    .setMaxResults(within(query.limit(), 100));
            if (!query.types().isEmpty()) {
                typed.setParameter(
                        "kinds", query.types().stream().map(Enum::name).toList());
            }
            query.pageToken().ifPresent(token -> typed.setParameter("token", token));
            return typed.getResultList().stream().map(ActivityRow::activity).toList();
        });
    }

    List<History.ValuePoint> values(UUID account, long fromMs, long toMs) {
        return read(em -> {
            List<History.ValuePoint> points = new ArrayList<>(em.createQuery(
                            "select v from ValueRow v where v.account = :account and v.timeMs >= :from"
                                    + " and v.timeMs <= :to order by v.timeMs desc, v.entry desc",
                            ValueRow.class)
                    .setParameter("account", account.toString())
                    .setParameter("from", fromMs)
                    .setParameter("to", toMs)
                    .setMaxResults(MAX_VALUES)
                    .getResultStream()
                    .map(ValueRow::point)
                    .toList());
            Collections.reverse(points);
            return List.copyOf(points);
        });
    }

    private static int within(int limit, int max) {
        if (limit < 1 || limit > max) {
            throw new IllegalArgumentException("limit " + limit + " is outside 1 to " + max);
        }
        return limit;
    }

    private <T> T read(Function<EntityManager, T> query) {
        try (EntityManager em = unit.createEntityManager()) {
            return query.apply(em);
        } catch (PersistenceException | DatabaseException e) {
            // find() lets EclipseLink's own kind through, queries wrap it
            LOG.warn("the read models cannot be read", e);
            throw UnavailableException.core("STORE_UNAVAILABLE", "the database does not answer", 2);
        }
    }
}
