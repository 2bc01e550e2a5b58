package org.hmsach.mkt.venue.internal.paper;

import static org.hmsach.api.order.Side.BUY;
import static org.hmsach.api.order.Side.SELL;
import static org.hmsach.api.order.TimeInForce.FOK;
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
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class PaperVenueTest {
    private static final String XYZ = "XYZ";

    private final FakeMarketData data = new FakeMarketData();
    private final ReportList reports = new ReportList();
    private final Venue venue = new PaperVenue(data);
    private final Venue.Session session = venue.open(7, List.of(), reports);

    @Test
    void fillsAMarketableOrderAtTheQuoteUpToTheDisplayedSize() {
        data.quote(XYZ, "99", "5", "100", "8");
        session.place(10, order("buy", Samples.limit(BUY, XYZ, "10", "101")));
        session.place(11, order("sell", Samples.market(SELL, XYZ, "2.5")));

        assertEquals(List.of("10 buy filled 8 at 100", "11 sell filled 2.5 at 99"), reports.take());
    }

    @Test
    void usesUpADisplayedSideUntilThatSideIsToldAgain() {
        data.quote(XYZ, "99", "5", "100", "8");
        session.place(10, order("first", Samples.market(BUY, XYZ, "8")));
        session.place(11, order("second", Samples.market(BUY, XYZ, "3")));
        assertEquals(List.of("10 first filled 8 at 100"), reports.take());

        tellBid("99", "5");
        assertTrue(reports.take().isEmpty());

        tellAsk("100.5", "2");
        tellAsk("100.6", "2");
        assertEquals(List.of("11 second filled 2 at 100.5", "11 second filled 1 at 100.6"), reports.take());
    }

    @Test
    void fillsARestingLimitAtItsLimitWhenTheOtherSideReachesIt() {
        data.quote(XYZ, "99", "100");
        session.place(10, order("buy", Samples.limit(BUY, XYZ, "5", "99.5")));
        session.place(11, order("sell", Samples.limit(SELL, XYZ, "5", "100.5")));
        assertTrue(reports.take().isEmpty());

        data.quote(XYZ, "98", "99.4");
        data.quote(XYZ, "100.5", "101");
        assertEquals(List.of("10 buy filled 5 at 99.5", "11 sell filled 5 at 100.5"), reports.take());
    }

    @Test
    void servesTheBetterLimitFirstThenTheEarlierOrder() {
        data.quote(XYZ, "99", "100");
        session.place(10, order("low", Samples.limit(BUY, XYZ, "5", "97")));
        session.place(11, order("high", Samples.limit(BUY, XYZ, "5", "98")));
        session.place(12, order("later", Samples.limit(BUY, XYZ, "5", "98")));

        data.quote(XYZ, "96", "10", "97", "12");
        assertEquals(
                List.of("11 high filled 5 at 98", "12 later filled 5 at 98", "10 low filled 2 at 97"), reports.take());
    }

    @Test
    void cancelsTheRestOfAnIocAndFillsAFokWholeOrNotAtAll() {
        data.quote(XYZ, "99", "5", "100", "8");
        session.place(10, order("too much", Samples.limit(BUY, XYZ, "9", "100", FOK)));
        session.place(11, order("all", Samples.limit(BUY, XYZ, "6", "100", FOK)));
        session.place(12, order("ioc", Samples.limit(BUY, XYZ, "5", "100", IOC)));
        session.place(13, order("away", Samples.limit(BUY, XYZ, "5", "98", IOC)));

        assertEquals(
                List.of(
                        "10 too much canceled: the displayed quantity was not enough",
                        "11 all filled 6 at 100",
                        "12 ioc filled 2 at 100",
                        "12 ioc canceled: the displayed quantity was not enough",
                        "13 away canceled: the displayed quantity was not enough"),
                reports.take());
    }

    @Test
    void letsAMarketOrderWaitForTheFirstQuote() {
        session.place(10, order("buy", Samples.market(BUY, XYZ, "2")));
        assertTrue(reports.take().isEmpty());

        data.quote(XYZ, "99", "100");
        assertEquals(List.of("10 buy filled 2 at 100"), reports.take());
    }

    @Test
    void takesAQuoteThatWasToldBeforeTheSessionBegan() {
        data.quote(XYZ, "99", "100");
        Venue.Session late = venue.open(8, List.of(), reports);
        late.place(10, order("buy", Samples.market(BUY, XYZ, "2")));

        assertEquals(List.of("10 buy filled 2 at 100"), reports.take());
    }

    @Test
    void cancelsReplacesAndRemovesWhatWaits() {
        data.quote(XYZ, "99", "100");
        Order buy = order("buy", Samples.limit(BUY, XYZ, "5", "98"));
        Order other = order("other", Samples.limit(BUY, XYZ, "5", "98"));
        session.place(10, buy);
        session.place(11, other);
        session.replace(12, replacing(buy, "buy2", "6", "100"));
        session.cancel(13, buy);
        session.cancel(14, other);
        session.cancel(15, other);
        Order third = order("third", Samples.limit(BUY, XYZ, "5", "98"));
        session.place(16, third);
        session.remove(17, third.id());
        data.quote(XYZ, "90", "91");

        assertEquals(
                List.of(
                        "12 buy replaced",
                        "12 buy2 filled 6 at 100",
                        "13 buy cancel rejected: the order does not wait here",
                        "14 other canceled: canceled on request",
                        "15 other cancel rejected: the order does not wait here"),
                reports.take());
    }

    @Test
    void countsFillsAgainstAReplacementAndKeepsThePlaceOfAReducedOrder() {
        data.quote(XYZ, "99", "5", "100", "4");
        Order first = order("first", Samples.limit(BUY, XYZ, "10", "100"));
        session.place(10, first);
        session.place(11, order("second", Samples.limit(BUY, XYZ, "10", "100")));
        session.replace(12, replacing(first, "tooSmall", "4", "100"));
        session.replace(13, replacing(first, "reduced", "7", "100"));
        tellAsk("100", "5");

        assertEquals(
                List.of(
                        "10 first filled 4 at 100",
                        "12 first replace rejected: the new quantity is filled already",
                        "13 first replaced",
                        "13 reduced filled 3 at 100",
                        "11 second filled 2 at 100"),
                reports.take());
    }

    @Test
    void beginsAnewWithTheOpenOrdersAndAnswersWhatWasUnderWay() {
        Order partly = Samples.filled(order("partly", Samples.limit(BUY, XYZ, "5", "98")), "2");
        Order canceling = Samples.inState(order("canceling", Samples.market(BUY, XYZ, "5")), OrderState.PENDING_CANCEL);
        Order changing = replacing(order("changing", Samples.limit(BUY, XYZ, "5", "97")), "changed", "5", "100");
        data.quote(XYZ, "99", "100");

        venue.open(20, List.of(partly, canceling, changing), reports);
        assertEquals(
                List.of(
                        "20 canceling canceled: canceled on request",
                        "20 changing replaced",
                        "20 changed filled 5 at 100"),
                reports.take());

        data.quote(XYZ, "97", "98");
        assertEquals(List.of("20 partly filled 3 at 98"), reports.take());
    }

    @Test
    void endsItsSubscriptionAndSaysNothingAfterTheClose() {
        session.place(10, order("buy", Samples.limit(BUY, XYZ, "5", "98")));
        session.close();
        data.quote(XYZ, "97", "98");

        assertTrue(reports.take().isEmpty());
        assertEquals(0, data.subscribers());
    }

    @Test
    void repeatsNothingOfWhatTheSessionBeforeItDidJustNow() {
        data.quote(XYZ, "99", "5", "100", "4");
        Order filled = order("filled", Samples.limit(BUY, XYZ, "3", "100"));
        Order partly = order("partly", Samples.limit(BUY, XYZ, "5", "100"));
        Order replaced = order("replaced", Samples.limit(BUY, XYZ, "5", "90"));
        session.place(10, filled);
        session.place(11, partly);
        session.place(12, replaced);
        Order changing = replacing(replaced, "successor", "5", "91");
        session.replace(13, changing);
        assertEquals(
                List.of("10 filled filled 3 at 100", "11 partly filled 1 at 100", "13 replaced replaced"),
                reports.take());

        venue.open(20, List.of(filled, partly, changing), reports);
        data.quote(XYZ, "89", "100", "90", "100");
        assertEquals(List.of("20 partly filled 4 at 100"), reports.take());
    }

    @Test
    void letsOnlyTheNewestSessionTrade() {
        Order buy = order("buy", Samples.limit(BUY, XYZ, "5", "100"));
        session.place(10, buy);
        venue.open(20, List.of(buy), reports);
        session.cancel(11, buy);
        data.quote(XYZ, "99", "100");

        assertEquals(List.of("20 buy filled 5 at 100"), reports.take());
        assertEquals(1, data.subscribers());
    }

    @Test
    void neverUsesAnExecutionIdTwice() {
        for (long incarnation = 30; incarnation < 33; incarnation++) {
            Venue.Session again = venue.open(incarnation, List.of(), reports);
            data.quote(XYZ, "99", "100");
            again.place(40, order("buy", Samples.market(BUY, XYZ, "1")));
            again.place(41, order("sell", Samples.market(SELL, XYZ, "1")));
        }
        assertEquals(6, new HashSet<>(reports.execIds()).size());
    }

    private void tellBid(String price, String qty) {
        data.tell(quote(price, qty, "100", "8"), true, false);
    }

    private void tellAsk(String price, String qty) {
        data.tell(quote("99", "5", price, qty), false, true);
    }

    private static Quote quote(String bid, String bidQty, String ask, String askQty) {
        return new Quote(
                XYZ,
                Scale8.parse(bid),
                Scale8.parse(bidQty),
                Scale8.parse(ask),
                Scale8.parse(askQty),
                Samples.NOON_MS,
                "fake");
    }

    private Order order(String name, OrderRequest request) {
        return reports.name(name, Samples.accepted(request, PaperVenue.NAME));
    }

    private Order replacing(Order order, String newName, String qty, String price) {
        Replacement terms = Samples.terms(qty, price);
        reports.name(newName, terms.newId());
        return Samples.replacing(order, terms);
    }
}
