package org.hmsach.mkt.venue.internal.crossing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.mkt.venue.internal.book.Book;
import org.hmsach.mkt.venue.internal.book.BookListener;
import org.hmsach.mkt.venue.internal.book.BookSide;
import org.hmsach.mkt.venue.internal.book.Remainder;
import org.hmsach.mkt.venue.internal.book.RestingOrder;
import org.hmsach.spi.mkt.Venue;

/** One life of the books. One caller at a time; every answer is given before the call returns. */
final class CrossingSession implements Venue.Session, BookListener {
    private final String execPrefix;
    private final Venue.Reports reports;
    private final Map<String, Book> books = new HashMap<>();
    private final Map<UUID, Placed> byId = new HashMap<>();
    private final Map<Long, Placed> byNumber = new HashMap<>();
    private long lastNumber;
    private long lastExec;
    private long cause;
    private boolean silent;

    CrossingSession(String execPrefix, Venue.Reports reports) {
        this.execPrefix = execPrefix;
        this.reports = reports;
    }

    /** Orders that wait for their cancel never enter; the others do by priority, and are replaced only then. */
    void resume(long incarnation, List<Order> openOrders) {
        for (Order order : openOrders) {
            if (order.state() == OrderState.PENDING_CANCEL) {
                reports.canceled(incarnation, order.id(), "canceled on request");
            } else {
                place(incarnation, order);
            }
        }
        openOrders.stream().filter(o -> o.state() == OrderState.PENDING_REPLACE).forEach(o -> replace(incarnation, o));
    }

    @Override
    public void place(long cause, Order order) {
        this.cause = cause;
        if (byId.containsKey(order.id())) {
            return;
        }
        Placed placed = new Placed(++lastNumber, order);
        remember(placed);
        books.computeIfAbsent(placed.symbol, s -> new Book(this))
                .place(placed.number, placed.side, placed.price(), order.openE8(), placed.remainder());
        forgetIfOut(placed);
    }

    @Override
    public void cancel(long cause, Order order) {
        this.cause = cause;
        Placed placed = byId.get(order.id());
        if (placed == null) {
            reports.cancelRejected(cause, order.id(), "the order is not in the book");
        } else {
            bookOf(placed).cancel(placed.number);
        }
    }

    @Override
    public void replace(long cause, Order order) {
        this.cause = cause;
        Placed placed = byId.get(order.id());
        if (placed == null || order.replacement().isEmpty()) {
            reports.replaceRejected(cause, order.id(), "the order is not in the book");
            return;
        }
        long restingE8 = bookOf(placed).open(placed.number);
        Replacement terms = order.replacement().get();
        long filledE8 = placed.totalE8 - restingE8;
        long openE8 = terms.qtyE8() - filledE8;
        if (openE8 <= 0) {
            reports.replaceRejected(cause, order.id(), "the new quantity is filled already");
            return;
        }
        reports.replaced(cause, order.id());
        boolean keepsPlace = placed.keepsPlace(terms) && openE8 <= restingE8;
        byId.remove(placed.id);
        placed.become(terms, openE8);
        byId.put(placed.id, placed);
        if (!keepsPlace) {
            bookOf(placed).replace(placed.number, placed.price(), openE8, placed.remainder());
        } else if (openE8 < restingE8) {
            bookOf(placed).reduce(placed.number, restingE8 - openE8);
        }
        forgetIfOut(placed);
    }

    @Override
    public void remove(long cause, UUID order) {
        this.cause = cause;
        Placed placed = byId.get(order);
        if (placed != null) {
            silent = true;
            bookOf(placed).cancel(placed.number);
            silent = false;
        }
    }

    @Override
    public void close() {
        books.clear();
        byId.clear();
        byNumber.clear();
    }

    @Override
    public void onTrade(long makerNumber, long takerNumber, long priceE8, long quantityE8) {
        Placed taker = byNumber.get(takerNumber);
        Placed maker = byNumber.get(makerNumber);
        String execId = execPrefix + ++lastExec;
        reports.traded(cause, new Venue.Match(taker.id, maker.id, execId, quantityE8, priceE8));
        forgetIfOut(maker);
    }

    @Override
    public void onCanceled(long number, long quantity) {
        Placed placed = byNumber.get(number);
        if (!silent) {
            reports.canceled(cause, placed.id, placed.whyCanceled());
        }
        forget(placed);
    }

    List<RestingOrder> resting(String symbol, BookSide side) {
        Book book = books.get(symbol);
        return book == null ? List.of() : book.orders(side);
    }

    private Book bookOf(Placed placed) {
        return books.get(placed.symbol);
    }

    private void remember(Placed placed) {
        byId.put(placed.id, placed);
        byNumber.put(placed.number, placed);
    }

    private void forgetIfOut(Placed placed) {
        if (bookOf(placed).open(placed.number) == 0) {
            forget(placed);
        }
    }

    private void forget(Placed placed) {
        byId.remove(placed.id);
        byNumber.remove(placed.number);
    }

    /** An order under the number it has in the book; a replacement keeps the number and changes the rest. */
    private static final class Placed {
        final long number;
        final String symbol;
        final BookSide side;
        UUID id;
        TimeInForce timeInForce;
        OptionalLong limitE8;
        long totalE8;

        Placed(long number, Order order) {
            this.number = number;
            this.symbol = order.request().symbol();
            this.side = order.request().side() == Side.BUY ? BookSide.BUY : BookSide.SELL;
            this.id = order.id();
            this.timeInForce = order.request().timeInForce();
            this.limitE8 = order.request().limitPriceE8();
            this.totalE8 = order.request().qtyE8();
        }

        /** The replacing order counts its own fills from zero, so its total is what is open now. */
        void become(Replacement terms, long openE8) {
            id = terms.newId();
            timeInForce = terms.timeInForce();
            limitE8 = terms.limitPriceE8();
            totalE8 = openE8;
        }

        boolean keepsPlace(Replacement terms) {
            boolean rests = terms.timeInForce() == TimeInForce.DAY || terms.timeInForce() == TimeInForce.GTC;
            return rests && limitE8.equals(terms.limitPriceE8());
        }

        long price() {
            return limitE8.orElse(side.anyPrice());
        }

        Remainder remainder() {
            if (timeInForce == TimeInForce.FOK) {
                return Remainder.ALL_OR_NOTHING;
            }
            return limitE8.isEmpty() || timeInForce == TimeInForce.IOC ? Remainder.CANCELED : Remainder.RESTS;
        }

        String whyCanceled() {
            return switch (timeInForce) {
                case FOK -> "not all of it could be filled at once";
                case IOC -> "the rest could not be filled at once";
                case DAY, GTC -> limitE8.isEmpty() ? "no more orders on the other side" : "canceled on request";
            };
        }
    }
}
