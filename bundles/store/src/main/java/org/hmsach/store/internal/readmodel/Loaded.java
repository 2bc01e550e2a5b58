package org.hmsach.store.internal.readmodel;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.hmsach.api.order.Order;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.api.tape.TapeListener;

/** The rows that a batch of events touches, read with a few statements instead of one for each; new ones are added. */
final class Loaded {
    private static final int IDS_PER_STATEMENT = 500;

    private final EntityManager em;
    private final Map<String, OrderRow> orders = new HashMap<>();
    private final Map<String, CashRow> cash = new HashMap<>();
    private final Map<String, HoldingRow> holdings = new HashMap<>();
    private final Map<String, PriceRow> prices = new HashMap<>();

    private Loaded(EntityManager em) {
        this.em = em;
    }

    static Loaded forEvents(EntityManager em, List<TapeEvent> events) {
        Touched touched = new Touched();
        events.forEach(event -> event.deliver(touched));
        Loaded loaded = new Loaded(em);
        loaded.read(OrderRow.class, touched.orders, row -> row.order().id().toString(), loaded.orders);
        loaded.read(CashRow.class, touched.accounts, CashRow::account, loaded.cash);
        loaded.read(HoldingRow.class, touched.holdings, HoldingRow::id, loaded.holdings);
        loaded.read(PriceRow.class, touched.symbols, PriceRow::symbol, loaded.prices);
        return loaded;
    }

    void order(long number, Order order) {
        OrderRow known = orders.get(order.id().toString());
        if (known == null) {
            orders.put(order.id().toString(), added(new OrderRow(number, order)));
        } else {
            known.set(order);
        }
    }

    CashRow cash(UUID account) {
        return cash.computeIfAbsent(account.toString(), id -> added(new CashRow(id)));
    }

    HoldingRow holding(UUID account, String symbol) {
        return holdings.computeIfAbsent(
                HoldingRow.idOf(account.toString(), symbol), id -> added(new HoldingRow(account.toString(), symbol)));
    }

    PriceRow price(String symbol) {
        return prices.computeIfAbsent(symbol, id -> added(new PriceRow(id)));
    }

    /** Found anew where the marks of one entry were spread over two batches. */
    ValueRow value(String account, long entry) {
        ValueRow known = em.find(ValueRow.class, ValueRow.idOf(account, entry));
        return known == null ? added(new ValueRow(account, entry)) : known;
    }

    private <T> T added(T row) {
        em.persist(row);
        return row;
    }

    private <T> void read(Class<T> entity, Set<String> ids, Function<T, String> idOf, Map<String, T> into) {
        List<String> list = new ArrayList<>(ids);
        for (int from = 0; from < list.size(); from += IDS_PER_STATEMENT) {
            List<String> some = list.subList(from, Math.min(list.size(), from + IDS_PER_STATEMENT));
            em.createQuery("select r from " + entity.getSimpleName() + " r where r.id in :ids", entity)
                    .setParameter("ids", some)
                    .getResultList()
                    .forEach(row -> into.put(idOf.apply(row), row));
        }
    }

    /** Collects which rows the events are about. */
    private static final class Touched implements TapeListener {
        private final Set<String> begun = new HashSet<>();
        private final Set<String> orders = new TreeSet<>();
        private final Set<String> accounts = new TreeSet<>();
        private final Set<String> holdings = new TreeSet<>();
        private final Set<String> symbols = new TreeSet<>();

        @Override
        public void onOrder(Events.OrderEvent event) {
            String id = event.order().id().toString();
            if (event.kind() == Events.OrderEventKind.NEW) {
                // its first event: there is no row yet
                begun.add(id);
            } else if (!begun.contains(id)) {
                orders.add(id);
            }
            symbols.add(event.order().request().symbol());
        }

        @Override
        public void onAccount(Events.AccountOpened event) {
            accounts.add(event.account().toString());
        }

        @Override
        public void onPosting(Events.Posted event) {
            event.legs().forEach(leg -> leg.account().ifPresent(account -> {
                accounts.add(account.toString());
                holdings.add(HoldingRow.idOf(account.toString(), leg.asset()));
            }));
        }

        @Override
        public void onMark(Events.Marked event) {
            symbols.add(event.symbol());
        }
    }
}
