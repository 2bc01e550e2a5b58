package org.hmsach.mkt.venue.internal.book;

import static org.hmsach.mkt.venue.internal.book.BookSide.BUY;
import static org.hmsach.mkt.venue.internal.book.BookSide.SELL;
import static org.hmsach.mkt.venue.internal.book.Remainder.ALL_OR_NOTHING;
import static org.hmsach.mkt.venue.internal.book.Remainder.CANCELED;
import static org.hmsach.mkt.venue.internal.book.Remainder.RESTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookTest {
    private final EventList events = new EventList();
    private final Book book = new Book(events);

    @Test
    void tradesAtTheMakersPriceBestPriceFirstThenFirstCome() {
        place(1, SELL, 101, 5);
        place(2, SELL, 100, 5);
        place(3, SELL, 100, 5);
        events.take();

        place(4, BUY, 101, 12);

        assertEquals(
                List.of(
                        "trade 4 takes 5 from 2 at 100",
                        "trade 4 takes 5 from 3 at 100",
                        "trade 4 takes 2 from 1 at 101"),
                events.take());
        assertEquals(List.of(new RestingOrder(1, SELL, 101, 3)), book.orders(SELL));
    }

    @Test
    void restsWhatALimitOrderCouldNotTrade() {
        place(1, BUY, 100, 5);
        place(2, SELL, 99, 8);

        assertEquals(
                List.of("rested 1 BUY 5 at 100", "trade 2 takes 5 from 1 at 100", "rested 2 SELL 3 at 99"),
                events.take());
        assertEquals(List.of(new PriceLevel(99, 3)), book.levels(SELL));
        assertTrue(book.levels(BUY).isEmpty());
    }

    @Test
    void cancelsTheRemainderOfAnIocAndOfAMarketOrder() {
        place(1, SELL, 100, 5);
        place(2, SELL, 200, 1);
        events.take();

        book.place(3, BUY, 150, 7, CANCELED);
        book.place(4, BUY, BUY.anyPrice(), 3, CANCELED);

        assertEquals(
                List.of(
                        "trade 3 takes 5 from 1 at 100",
                        "canceled 3 with 2",
                        "trade 4 takes 1 from 2 at 200",
                        "canceled 4 with 2"),
                events.take());
        assertEquals(0, book.size());
    }

    @Test
    void tradesAFokWholeOrNotAtAll() {
        place(1, SELL, 100, 5);
        place(2, SELL, 101, 5);
        events.take();

        book.place(3, BUY, 100, 6, ALL_OR_NOTHING);
        book.place(4, BUY, 101, 6, ALL_OR_NOTHING);
        book.place(5, BUY, BUY.anyPrice(), 5, ALL_OR_NOTHING);

        assertEquals(
                List.of(
                        "canceled 3 with 6",
                        "trade 4 takes 5 from 1 at 100",
                        "trade 4 takes 1 from 2 at 101",
                        "canceled 5 with 5"),
                events.take());
    }

    @Test
    void keepsThePlaceOnReduceAndLosesItOnReplace() {
        place(1, SELL, 100, 5);
        place(2, SELL, 100, 5);
        place(3, SELL, 100, 5);
        assertTrue(book.reduce(1, 2));
        assertTrue(book.replace(2, 100, 5, RESTS));

        assertEquals(
                List.of(
                        new RestingOrder(1, SELL, 100, 3),
                        new RestingOrder(3, SELL, 100, 5),
                        new RestingOrder(2, SELL, 100, 5)),
                book.orders(SELL));
    }

    @Test
    void tradesWhenAReplacementReachesTheOtherSide() {
        place(1, SELL, 100, 5);
        place(2, BUY, 99, 5);
        events.take();

        book.replace(2, 100, 3, RESTS);

        assertEquals(List.of("trade 2 takes 3 from 1 at 100"), events.take());
    }

    @Test
    void cancelsAnOrderReducedToZero() {
        place(1, SELL, 100, 5);
        assertTrue(book.reduce(1, 5));

        assertEquals(List.of("rested 1 SELL 5 at 100", "canceled 1 with 5"), events.take());
        assertTrue(book.find(1).isEmpty());
    }

    @Test
    void saysNoToWhatItDoesNotHold() {
        assertFalse(book.cancel(1));
        assertFalse(book.reduce(1, 1));
        assertFalse(book.replace(1, 1, 1, RESTS));
        assertTrue(events.take().isEmpty());
    }

    @Test
    void refusesAnIdThatIsInTheBookAndQuantitiesBelowOne() {
        place(1, SELL, 100, 5);

        assertThrows(IllegalStateException.class, () -> place(1, SELL, 100, 5));
        assertThrows(IllegalArgumentException.class, () -> place(2, SELL, 100, 0));
        assertThrows(IllegalArgumentException.class, () -> book.reduce(1, 0));
        assertThrows(IllegalArgumentException.class, () -> book.replace(1, 100, 0, RESTS));
        assertThrows(IllegalArgumentException.class, () -> place(2, BUY, BUY.anyPrice(), 1));
        assertEquals(List.of(new RestingOrder(1, SELL, 100, 5)), book.orders(SELL));
    }

    @Test
    void keepsTheOrderOfPricesFarApartAndBelowZero() {
        long[] prices = {5_000_000_000L, -7, Long.MAX_VALUE - 1, 0, Long.MIN_VALUE + 1, 1_000_000, 999_999};
        for (int i = 0; i < prices.length; i++) {
            place(i, SELL, prices[i], 1);
            place(100L + i, BUY, Long.MIN_VALUE + 1 + i, 1);
        }
        Arrays.sort(prices);

        assertEquals(0, book.levels(BUY).indexOf(new PriceLevel(Long.MIN_VALUE + 7, 1)));
        assertEquals(
                Arrays.stream(prices).skip(1).boxed().toList(),
                book.levels(SELL).stream().map(PriceLevel::price).toList());
    }

    @Test
    void holdsManyOrdersAndGivesTheirPlacesToOthers() {
        for (int round = 0; round < 3; round++) {
            for (long id = 0; id < 10_000; id++) {
                place(id, SELL, 100 + id % 700, 1 + id);
            }
            for (long id = 0; id < 10_000; id++) {
                assertEquals(1 + id, book.open(id));
                assertTrue(book.cancel(id));
                assertEquals(0, book.open(id));
            }
            assertEquals(0, book.size());
            assertTrue(book.levels(SELL).isEmpty());
        }
    }

    @Test
    void cancelsWhatWouldOverflowALevelAndKeepsTheLevel() {
        place(1, SELL, 100, Long.MAX_VALUE - 1);
        place(2, SELL, 100, 2);

        assertEquals(List.of("rested 1 SELL 9223372036854775806 at 100", "canceled 2 with 2"), events.take());
        assertEquals(1, book.size());
    }

    private void place(long id, BookSide side, long price, long quantity) {
        book.place(id, side, price, quantity, RESTS);
    }
}
