package org.hmsach.store.internal.readmodel;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hmsach.api.history.History;
import org.hmsach.api.order.Order;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.sql.UnitWork;
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
        int limit = within(query.limit(), 500);
        return read(em -> {
            // one symbol at a time: each page is read off an index, and no row is read that is not shown
            List<OrderRow> rows = new ArrayList<>();
            if (query.symbols().isEmpty()) {
                rows.addAll(orders(em, query, Optional.empty()));
            } else {
                query.symbols().forEach(symbol -> rows.addAll(orders(em, query, Optional.of(symbol))));
            }
            Comparator<OrderRow> byNumber = Comparator.comparingLong(OrderRow::firstNumber);
            return rows.stream()
                    .sorted(query.ascending() ? byNumber : byNumber.reversed())
                    .limit(limit)
                    .map(OrderRow::order)
                    .toList();
        });
    }

    private static List<OrderRow> orders(EntityManager em, History.OrderQuery query, Optional<String> symbol) {
        History.OrderSpan span = query.span();
        Page page = new Page("OrderRow", query.ascending())
                .where("account", "=", query.account().toString())
                .where("createdMs", ">", span.afterMs())
                .where("createdMs", "<", span.untilMs());
        span.afterOrder().map(id -> placeOf(em, id)).ifPresent(row -> page.where("createdMs", ">=", row.createdMs())
                .where("firstNumber", ">", row.firstNumber()));
        span.beforeOrder().map(id -> placeOf(em, id)).ifPresent(row -> page.where("createdMs", "<=", row.createdMs())
                .where("firstNumber", "<", row.firstNumber()));
        symbol.ifPresent(one -> page.where("symbol", "=", one));
        query.side().ifPresent(side -> page.where("side", "=", side.name()));
        if (!query.states().isEmpty()) {
            page.where(
                    "orderState", "in", query.states().stream().map(Enum::name).toList());
        }
        List<String> order = symbol.isPresent()
                ? List.of("account", "symbol", "createdMs", "firstNumber")
                : List.of("account", "createdMs", "firstNumber");
        return page.read(em, OrderRow.class, order, query.limit());
    }

    private static OrderRow placeOf(EntityManager em, UUID order) {
        OrderRow row = em.find(OrderRow.class, order.toString());
        if (row == null) {
            throw UnavailableException.core("STORE_BEHIND", "the read models do not hold order " + order + " yet", 1);
        }
        return row;
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
        int limit = within(query.limit(), 100);
        return read(em -> {
            List<ActivityRow> rows = new ArrayList<>();
            if (query.types().isEmpty()) {
                rows.addAll(activities(em, query, Optional.empty()));
            } else {
                query.types().forEach(type -> rows.addAll(activities(em, query, Optional.of(type))));
            }
            Comparator<ActivityRow> byId = Comparator.comparing(ActivityRow::id);
            return rows.stream()
                    .sorted(query.ascending() ? byId : byId.reversed())
                    .limit(limit)
                    .map(ActivityRow::activity)
                    .toList();
        });
    }

    private static List<ActivityRow> activities(
            EntityManager em, History.ActivityQuery query, Optional<History.ActivityType> type) {
        String account = query.account().toString();
        Page page = new Page("ActivityRow", query.ascending()).where("account", "=", account);
        type.ifPresent(one -> page.where("kind", "=", one.name()));
        query.pageToken().ifPresent(token -> page.where("id", query.ascending() ? ">" : "<", token));
        // ids are in the order of time: a time becomes an id, so that one index serves all
        if (query.afterMs() != Long.MIN_VALUE) {
            Optional<String> first = atTime(
                    em,
                    new Page("ActivityRow", true).where("account", "=", account).where("timeMs", ">", query.afterMs()));
            if (first.isEmpty()) {
                return List.of();
            }
            page.where("id", ">=", first.get());
        }
        if (query.untilMs() != Long.MAX_VALUE) {
            Optional<String> last = atTime(
                    em,
                    new Page("ActivityRow", false)
                            .where("account", "=", account)
                            .where("timeMs", "<", query.untilMs()));
            if (last.isEmpty()) {
                return List.of();
            }
            page.where("id", "<=", last.get());
        }
        List<String> order = type.isPresent() ? List.of("account", "kind", "id") : List.of("account", "id");
        return page.read(em, ActivityRow.class, order, query.limit());
    }

    private static Optional<String> atTime(EntityManager em, Page page) {
        return page.read(em, ActivityRow.class, List.of("account", "timeMs", "id"), 1).stream()
                .findFirst()
                .map(ActivityRow::id);
    }

    List<History.ValuePoint> values(UUID account, long fromMs, long toMs) {
        return read(em -> {
            Page page = new Page("ValueRow", false)
                    .where("account", "=", account.toString())
                    .where("timeMs", ">=", fromMs)
                    .where("timeMs", "<=", toMs);
            List<History.ValuePoint> points = new ArrayList<>(
                    page.read(em, ValueRow.class, List.of("account", "timeMs", "entry"), MAX_VALUES).stream()
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
        try {
            return UnitWork.read(unit, query);
        } catch (RuntimeException e) {
            if (!UnitWork.isFailure(e)) {
                throw e;
            }
            LOG.warn("the read models cannot be read", e);
            throw UnavailableException.core("STORE_UNAVAILABLE", "the database does not answer", 2);
        }
    }
}
