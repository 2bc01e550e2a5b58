package org.hmsach.mkt.venue.internal.crossing;

import static org.hmsach.api.order.Side.BUY;
import static org.hmsach.api.order.Side.SELL;
import static org.hmsach.api.order.TimeInForce.FOK;
import static org.hmsach.api.order.TimeInForce.GTC;
import static org.hmsach.api.order.TimeInForce.IOC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.order.Replacement;
import org.hmsach.mkt.venue.internal.answers.ReportList;
import org.hmsach.mkt.venue.internal.book.BookSide;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class CrossingVenueTest {
    private static final String XYZ = "XYZ";

    private final ReportList reports = new ReportList();
    private final Venue venue = new CrossingVenue();
    private final Venue.Session session = venue.open(7, List.of(), reports);

    @Test
    void reportsBothSidesOfATradeAtTheMakersPrice() {
        session.place(10, order("sell", Samples.limit(SELL, XYZ, "5", "100")));
        session.place(11, order("buy", Samples.limit(BUY, XYZ, "8", "101")));

        assertEquals(List.of("11 buy takes 5 from sell at 100"), reports.take());
    }

    @Test
    void cancelsWhatAnIocAndAMarketOrderCouldNotTrade() {
        session.place(10, order("sell", Samples.limit(SELL, XYZ, "1.5", "100")));
        session.place(11, order("ioc", Samples.limit(BUY, XYZ, "2", "100", IOC)));
        session.place(12, order("market", Samples.market(BUY, XYZ, "2")));

        assertEquals(
                List.of(
                        "11 ioc takes 1.5 from sell at 100",
                        "11 ioc canceled: the rest could not be filled at once",
                        "12 market canceled: no more orders on the other side"),
                reports.take());
    }

    @Test
    void tradesAFokWholeOrNotAtAll() {
        session.place(10, order("sell", Samples.limit(SELL, XYZ, "5", "100")));
        session.place(11, order("too much", Samples.limit(BUY, XYZ, "6", "100", FOK)));
        session.place(12, order("all", Samples.limit(BUY, XYZ, "5", "100", FOK)));

        assertEquals(
                List.of(
                        "11 too much canceled: not all of it could be filled at once",
                        "12 all takes 5 from sell at 100"),
                reports.take());
    }

    @Test
    void keepsInstrumentsApart() {
        session.place(10, order("sell", Samples.limit(SELL, "ABC", "5", "100")));
        session.place(11, order("buy", Samples.limit(BUY, XYZ, "5", "100")));

        assertTrue(reports.take().isEmpty());
    }

    @Test
    void cancelsWhatIsInTheBookAndSaysSoWhenItIsTooLate() {
        Order sell = order("sell", Samples.limit(SELL, XYZ, "5", "100"));
        session.place(10, sell);
        session.cancel(11, sell);
        session.cancel(12, sell);

        assertEquals(
                List.of(
                        "11 sell canceled: canceled on request",
                        "12 sell cancel rejected: the order is not in the book"),
                reports.take());
    }

    @Test
    void replacesUnderTheNewIdAndTradesWhenTheNewPriceReaches() {
        Order buy = order("buy", Samples.limit(BUY, XYZ, "5", "99"));
        session.place(10, order("sell", Samples.limit(SELL, XYZ, "2", "100")));
        session.place(11, buy);
        session.replace(12, replacing(buy, "buy2", "5", "100"));
        session.place(13, order("seller", Samples.limit(SELL, XYZ, "3", "100")));

        assertEquals(
                List.of("12 buy replaced", "12 buy2 takes 2 from sell at 100", "13 seller takes 3 from buy2 at 100"),
                reports.take());
    }

    @Test
    void countsFillsThatTheCoreHasNotSeenYetAgainstTheNewQuantity() {
        Order sell = order("sell", Samples.limit(SELL, XYZ, "10", "100"));
        session.place(10, sell);
        session.place(11, order("buy", Samples.limit(BUY, XYZ, "6", "100")));
        session.replace(12, replacing(sell, "tooSmall", "6", "100"));
        session.replace(13, replacing(sell, "sell2", "8", "100"));
        session.place(14, order("rest", Samples.limit(BUY, XYZ, "9", "100", IOC)));

        assertEquals(
                List.of(
                        "11 buy takes 6 from sell at 100",
                        "12 sell replace rejected: the new quantity is filled already",
                        "13 sell replaced",
                        "14 rest takes 2 from sell2 at 100",
                        "14 rest canceled: the rest could not be filled at once"),
                reports.take());
    }

    @Test
    void keepsThePlaceOfAReducedOrderOnly() {
        Order first = order("first", Samples.limit(SELL, XYZ, "5", "100"));
        Order second = order("second", Samples.limit(SELL, XYZ, "5", "100"));
        session.place(10, first);
        session.place(11, second);
        session.replace(12, replacing(first, "reduced", "3", "100"));
        session.place(13, order("buy1", Samples.limit(BUY, XYZ, "1", "100")));
        session.replace(14, replacing(second, "enlarged", "6", "100"));
        reports.take();

        session.place(15, order("buy2", Samples.limit(BUY, XYZ, "3", "100")));
        assertEquals(
                List.of("15 buy2 takes 2 from reduced at 100", "15 buy2 takes 1 from enlarged at 100"), reports.take());
    }

    @Test
    void removesWithoutAnAnswerAndTakesNothingTwice() {
        Order sell = order("sell", Samples.limit(SELL, XYZ, "5", "100", GTC));
        session.place(10, sell);
        session.place(11, sell);
        session.remove(12, sell.id());
        session.remove(13, sell.id());
        session.place(14, order("buy", Samples.limit(BUY, XYZ, "5", "100", IOC)));

        assertEquals(List.of("14 buy canceled: the rest could not be filled at once"), reports.take());
    }

    @Test
    void beginsAnewWithTheOpenOrdersInPriorityAndAnswersWhatWasUnderWay() {
        Order partly = Samples.filled(order("partly", Samples.limit(SELL, XYZ, "5", "100")), "2");
        Order canceling =
                Samples.inState(order("canceling", Samples.limit(BUY, XYZ, "5", "100")), OrderState.PENDING_CANCEL);
        Order changing = replacing(order("changing", Samples.limit(SELL, XYZ, "5", "103")), "changed", "5", "102");
        Order ioc = order("ioc", Samples.limit(BUY, XYZ, "4", "100", IOC));

        Venue.Session again = venue.open(20, List.of(partly, canceling, changing, ioc), reports);

        assertEquals(
                List.of(
                        "20 canceling canceled: canceled on request",
                        "20 ioc takes 3 from partly at 100",
                        "20 ioc canceled: the rest could not be filled at once",
                        "20 changing replaced"),
                reports.take());
        assertEquals(
                List.of(Scale8.parse("102")),
                ((CrossingSession) again)
                        .resting(XYZ, BookSide.SELL).stream()
                                .map(o -> o.price())
                                .toList());
    }

    @Test
    void neverUsesAnExecutionIdTwice() {
        for (long incarnation = 30; incarnation < 33; incarnation++) {
            Venue.Session again = venue.open(incarnation, List.of(), reports);
            for (int i = 0; i < 3; i++) {
                again.place(40, order("sell", Samples.limit(SELL, XYZ, "5", "100")));
                again.place(41, order("buy", Samples.limit(BUY, XYZ, "5", "100")));
            }
        }
        assertEquals(9, new HashSet<>(reports.execIds()).size());
    }

    private Order order(String name, OrderRequest request) {
        return reports.name(name, Samples.accepted(request, CrossingVenue.NAME));
    }

    private Order replacing(Order order, String newName, String qty, String price) {
        Replacement terms = Samples.terms(qty, price);
        reports.name(newName, terms.newId());
        return Samples.replacing(order, terms);
    }
}
