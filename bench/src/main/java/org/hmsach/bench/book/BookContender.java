package org.hmsach.bench.book;

import org.hmsach.bench.run.Contender;
import org.hmsach.bench.run.WordHash;
import org.hmsach.mkt.venue.internal.book.Book;
import org.hmsach.mkt.venue.internal.book.BookListener;
import org.hmsach.mkt.venue.internal.book.BookSide;
import org.hmsach.mkt.venue.internal.book.PriceLevel;
import org.hmsach.mkt.venue.internal.book.Remainder;
import org.hmsach.mkt.venue.internal.book.RestingOrder;

/** The platform's book, driven by a stream of commands; hashes every trade and every cancellation. */
final class BookContender implements Contender, BookListener {
    private final OrderStream stream;
    private Book book = new Book(this);
    private WordHash trades = new WordHash();
    private long canceled;
    private long row;

    BookContender(OrderStream stream) {
        this.stream = stream;
    }

    @Override
    public String name() {
        return "hms";
    }

    @Override
    public void prepare() {
        book = new Book(this);
        trades = new WordHash();
        canceled = 0;
    }

    @Override
    public long run() {
        int size = stream.size();
        for (int i = 0; i < size; i++) {
            row = i;
            step(i);
        }
        return size;
    }

    private void step(int i) {
        long id = stream.ids[i];
        switch (stream.kinds[i]) {
            case OrderStream.PLACE -> place(i, id);
            case OrderStream.CANCEL -> book.cancel(id);
            case OrderStream.MODIFY -> book.replace(id, stream.prices[i], stream.quantities[i], Remainder.RESTS);
            case OrderStream.MOVE -> {
                long open = book.open(id);
                if (open > 0) {
                    book.replace(id, stream.prices[i], open, Remainder.RESTS);
                }
            }
            default -> book.reduce(id, stream.quantities[i]);
        }
    }

    private void place(int i, long id) {
        BookSide side = stream.buys[i] ? BookSide.BUY : BookSide.SELL;
        switch (stream.terms[i]) {
            case OrderStream.RESTS -> book.place(id, side, stream.prices[i], stream.quantities[i], Remainder.RESTS);
            case OrderStream.IOC -> book.place(id, side, stream.prices[i], stream.quantities[i], Remainder.CANCELED);
            default -> {
                if (fits(side, stream.quantities[i], stream.prices[i])) {
                    book.place(id, side, side.anyPrice(), stream.quantities[i], Remainder.CANCELED);
                } else {
                    onCanceled(id, stream.quantities[i]);
                }
            }
        }
    }

    private boolean fits(BookSide side, long quantity, long budget) {
        long missing = quantity;
        long cost = 0;
        for (PriceLevel level : book.levels(side.opposite())) {
            long taken = Math.min(missing, level.quantity());
            cost += taken * level.price();
            missing -= taken;
        }
        return missing == 0 && (side == BookSide.BUY ? cost <= budget : cost >= budget);
    }

    @Override
    public void onTrade(long makerId, long takerId, long price, long quantity) {
        trades.add(row);
        trades.add(takerId);
        trades.add(makerId);
        trades.add(price);
        trades.add(quantity);
    }

    @Override
    public void onCanceled(long orderId, long quantity) {
        canceled += orderId * 31 + quantity;
    }

    long tradeHash() {
        return trades.value();
    }

    @Override
    public long digest() {
        WordHash hash = new WordHash();
        hash.add(trades.value());
        hash.add(canceled);
        for (BookSide side : BookSide.values()) {
            for (RestingOrder order : book.orders(side)) {
                hash.add(order.price());
                hash.add(order.id());
                hash.add(order.quantity());
            }
        }
        return hash.value();
    }
}
