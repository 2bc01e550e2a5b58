package com.acme.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.order.Side;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class FloorTest {
    private final AcmeBroker broker = new AcmeBroker(Map.of("IBM", Scale8.parse("305.00")));

    @Test
    void fillsAMarketOrderInExecutionsOfAHundredShares() {
        Written reports = new Written();
        Order order = Samples.accepted(Samples.market(Side.BUY, "IBM", "250"), AcmeBroker.NAME);
        broker.open(50, List.of(), reports).place(101, order);
        assertEquals(List.of("filled 100 at 305", "filled 100 at 305", "filled 50 at 305"), reports.lines);
    }

    @Test
    void rejectsWhatItDoesNotTrade() {
        Written reports = new Written();
        Order order = Samples.accepted(Samples.market(Side.BUY, "TULIP", "1"), AcmeBroker.NAME);
        broker.open(50, List.of(), reports).place(101, order);
        assertEquals(List.of("rejected: acme does not trade TULIP"), reports.lines);
    }

    @Test
    void tellsExecutionsAgainThatHappenedWhileNobodyListened() {
        Written first = new Written();
        Order order = Samples.accepted(Samples.limit(Side.BUY, "IBM", "10", "300.00"), AcmeBroker.NAME);
        Venue.Session session = broker.open(50, List.of(), first);
        session.place(101, order);
        session.close();
        broker.floor().price("IBM", Scale8.parse("299.00"));
        assertEquals(List.of(), first.lines);
        Written second = new Written();
        broker.open(60, List.of(order), second);
        assertEquals(List.of("filled 10 at 299"), second.lines);
    }

    private static final class Written implements Venue.Reports {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void filled(long cause, UUID order, String execId, long qtyE8, long priceE8) {
            lines.add("filled " + Scale8.text(qtyE8) + " at " + Scale8.text(priceE8));
        }

        @Override
        public void traded(long cause, Venue.Match match) {
            lines.add("traded");
        }

        @Override
        public void canceled(long cause, UUID order, String detail) {
            lines.add("canceled: " + detail);
        }

        @Override
        public void rejected(long cause, UUID order, String detail) {
            lines.add("rejected: " + detail);
        }

        @Override
        public void replaced(long cause, UUID oldOrder) {
            lines.add("replaced");
        }

        @Override
        public void cancelRejected(long cause, UUID order, String detail) {
            lines.add("too late to cancel: " + detail);
        }

        @Override
        public void replaceRejected(long cause, UUID order, String detail) {
            lines.add("too late to replace: " + detail);
        }
    }
}
