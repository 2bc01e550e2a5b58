package org.hmsach.store.internal.readmodel;

import jakarta.persistence.EntityManager;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hmsach.api.history.History;
import org.hmsach.api.history.History.ActivityType;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Side;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.api.tape.TapeListener;

/** Turns events into rows. Lives for one transaction; all that it knows from before is in the tables. */
final class Projection implements TapeListener {
    private static final String CASH = "cash.";
    private static final String POSITION = "position.";

    private final EntityManager em;
    private final Loaded loaded;
    private Optional<Events.Marked> openMarks = Optional.empty();

    private Projection(EntityManager em, Loaded loaded) {
        this.em = em;
        this.loaded = loaded;
    }

    static void apply(EntityManager em, List<TapeEvent> events) {
        Projection projection = new Projection(em, Loaded.forEvents(em, events));
        for (TapeEvent event : events) {
            projection.closeMarksBefore(event);
            event.deliver(projection);
        }
        projection.valueAll();
    }

    @Override
    public void onOrder(Events.OrderEvent event) {
        Order order = event.order();
        loaded.order(event.header().number(), order);
        event.execution().ifPresent(fill -> {
            loaded.price(order.request().symbol()).fill(fill.priceE8());
            addFill(event.header(), order, fill);
        });
    }

    @Override
    public void onAccount(Events.AccountOpened event) {
        loaded.cash(event.account()).setDigits(event.currency().digits());
    }

    @Override
    public void onPosting(Events.Posted event) {
        Map<UUID, Long> cashChanges = new TreeMap<>();
        for (Events.Leg leg : event.legs()) {
            if (leg.account().isPresent()) {
                UUID account = leg.account().get();
                if (leg.ledgerAccount().startsWith(CASH)) {
                    cashChanges.merge(account, leg.amount(), Math::addExact);
                } else if (leg.ledgerAccount().startsWith(POSITION)) {
                    loaded.holding(account, leg.asset()).add(leg.amount());
                }
            }
        }
        int index = 0;
        for (Map.Entry<UUID, Long> change : cashChanges.entrySet()) {
            loaded.cash(change.getKey()).add(change.getValue());
            addCashActivity(event, index++, change.getKey(), change.getValue());
        }
    }

    @Override
    public void onMark(Events.Marked event) {
        loaded.price(event.symbol()).mark(event.price().priceE8());
        openMarks = Optional.of(event);
    }

    private void addFill(EventHeader header, Order order, Execution fill) {
        boolean buy = order.request().side() == Side.BUY;
        em.persist(new ActivityRow(
                order.account(),
                new History.Activity(
                        activityId(header, 0),
                        ActivityType.FILL,
                        header.timeMs(),
                        header.businessDate(),
                        Optional.of(order.id()),
                        order.request().symbol(),
                        order.request().side().name().toLowerCase(Locale.ROOT),
                        fill.qtyE8(),
                        fill.priceE8(),
                        order.filledE8(),
                        order.openE8(),
                        buy ? -fill.cashMinor() : fill.cashMinor(),
                        fill.execId())));
    }

    private void addCashActivity(Events.Posted event, int index, UUID account, long netMinor) {
        Optional<ActivityType> type = typeOf(event.kind(), netMinor);
        if (type.isEmpty() || netMinor == 0) {
            return;
        }
        boolean fee = type.get() == ActivityType.FEE;
        if (!fee) {
            loaded.cash(account).addDeposit(netMinor);
        }
        EventHeader header = event.header();
        em.persist(new ActivityRow(
                account,
                new History.Activity(
                        activityId(header, index),
                        type.get(),
                        header.timeMs(),
                        header.businessDate(),
                        fee ? Optional.of(event.subject()) : Optional.empty(),
                        "",
                        "",
                        0,
                        0,
                        0,
                        0,
                        netMinor,
                        event.detail())));
    }

    /** A returned transfer keeps the type of the transfer, with the sign turned. */
    private static Optional<ActivityType> typeOf(Events.PostingKind kind, long netMinor) {
        return switch (kind) {
            case FEE -> Optional.of(ActivityType.FEE);
            case TRANSFER -> Optional.of(netMinor > 0 ? ActivityType.CSD : ActivityType.CSW);
            case TRANSFER_RETURN -> Optional.of(netMinor > 0 ? ActivityType.CSW : ActivityType.CSD);
            case TRADE, SETTLEMENT, BREAK -> Optional.empty();
        };
    }

    private static String activityId(EventHeader header, int index) {
        return String.format("%020d-%d", header.number(), index);
    }

    private void closeMarksBefore(TapeEvent event) {
        boolean otherEntry = openMarks.isPresent()
                && openMarks.get().header().entry() != event.header().entry();
        if (otherEntry) {
            valueAll();
        }
    }

    /** One entry may journal many marks; accounts are valued once, after the last of them that this batch holds. */
    private void valueAll() {
        if (openMarks.isEmpty()) {
            return;
        }
        Events.Marked marks = openMarks.get();
        openMarks = Optional.empty();
        Map<String, Long> prices = new HashMap<>();
        all(PriceRow.class).forEach(price -> prices.put(price.symbol(), price.priceE8()));
        Map<String, List<HoldingRow>> holdings = new HashMap<>();
        all(HoldingRow.class).forEach(h -> holdings.computeIfAbsent(h.account(), k -> new ArrayList<>())
                .add(h));
        for (CashRow cash : all(CashRow.class)) {
            long equityMinor = cash.cashMinor();
            for (HoldingRow holding : holdings.getOrDefault(cash.account(), List.of())) {
                long priceE8 = prices.getOrDefault(holding.symbol(), 0L);
                equityMinor = Math.addExact(
                        equityMinor, Scale8.cashMinor(priceE8, holding.qtyE8(), cash.digits(), RoundingMode.HALF_EVEN));
            }
            EventHeader header = marks.header();
            loaded.value(cash.account(), header.entry())
                    .set(new History.ValuePoint(
                            header.timeMs(),
                            header.businessDate(),
                            marks.closing(),
                            equityMinor,
                            cash.cashMinor(),
                            cash.depositedMinor()));
        }
    }

    private <T> List<T> all(Class<T> entity) {
        return em.createQuery("select r from " + entity.getSimpleName() + " r", entity)
                .getResultList();
    }
}
