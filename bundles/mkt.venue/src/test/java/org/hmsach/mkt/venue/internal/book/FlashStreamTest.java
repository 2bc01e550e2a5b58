package org.hmsach.mkt.venue.internal.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.XZInputStream;

/** Two million order messages give, to the byte, the reports whose digest was published for them. */
class FlashStreamTest {
    private static final String KNOWN_SHA256 = "e9b2e3926854410b01a035aeb25dd05f1e597c233be8263de9eb49b6713d367e";

    @Test
    void givesThePublishedReports() throws IOException, NoSuchAlgorithmException {
        Path file = SharedData.file("streams/flash1-normal/normal.f1cm.xz");
        byte[] bytes;
        try (InputStream in = new XZInputStream(Files.newInputStream(file))) {
            bytes = in.readAllBytes();
        }
        FlashAdapter adapter = new FlashAdapter();
        new FlashFile(bytes).forEach(adapter);

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(String.join("\n", adapter.reports()).getBytes(StandardCharsets.US_ASCII));
        assertEquals(KNOWN_SHA256, HexFormat.of().formatHex(digest.digest()));
    }

    interface Messages {
        void onNew(int seq, RestingOrder order, Remainder remainder);

        void onCancel(int seq, long id);

        void onModify(int seq, long id, long price, long quantity);
    }

    /** The packed file: planes of bytes, prices as differences, ids relative to the newest order. */
    private static final class FlashFile {
        private final byte[] bytes;
        private final int messages;
        private final int priced;
        private final int ids;
        private final int quantities;
        private final int prices;
        private int pricedSoFar;
        private long price;

        FlashFile(byte[] bytes) {
            this.bytes = bytes;
            ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals("F1CM", new String(bytes, 0, 4, StandardCharsets.US_ASCII));
            this.messages = head.getInt(4);
            this.priced = head.getInt(8);
            this.ids = 12 + messages;
            this.quantities = ids + 4 * messages;
            this.prices = quantities + priced;
            assertEquals(bytes.length, prices + 4 * priced);
        }

        void forEach(Messages to) {
            List<Long> newOrders = new ArrayList<>();
            for (int seq = 0; seq < messages; seq++) {
                int type = bytes[12 + seq];
                int id = planes(ids, messages, seq);
                long known = (type & 3) == 0 ? id : newOrders.get(newOrders.size() - id);
                switch (type & 3) {
                    case 0 -> {
                        newOrders.add(known);
                        Remainder remainder = (type & 8) == 0 ? Remainder.RESTS : Remainder.CANCELED;
                        to.onNew(seq, newOrder(type, known), remainder);
                    }
                    case 1 -> to.onCancel(seq, known);
                    default -> {
                        long quantity = nextQuantity();
                        to.onModify(seq, known, price, quantity);
                    }
                }
            }
        }

        private RestingOrder newOrder(int type, long id) {
            BookSide side = (type & 4) == 0 ? BookSide.BUY : BookSide.SELL;
            long quantity = nextQuantity();
            return new RestingOrder(id, side, price, quantity);
        }

        private long nextQuantity() {
            price += planes(prices, priced, pricedSoFar);
            return bytes[quantities + pricedSoFar++] & 0xff;
        }

        private int planes(int start, int count, int index) {
            int value = 0;
            for (int plane = 3; plane >= 0; plane--) {
                value = (value << 8) | (bytes[start + plane * count + index] & 0xff);
            }
            return value;
        }
    }

    /** Turns what the book says into the report lines of the benchmark. */
    private static final class FlashAdapter implements Messages, BookListener {
        private record Report(int type, String line) {}

        private final Book book = new Book(this);
        private final List<String> reports = new ArrayList<>();
        private final List<Report> ofMessage = new ArrayList<>();
        private int seq;
        private BookSide side;
        private long price;

        @Override
        public void onNew(int seq, RestingOrder order, Remainder remainder) {
            begin(seq, order.side(), order.price());
            report(0, side() + "," + order.id() + "," + price + "," + order.quantity());
            book.place(order.id(), order.side(), order.price(), order.quantity(), remainder);
            end();
        }

        @Override
        public void onCancel(int seq, long id) {
            begin(seq, BookSide.BUY, 0);
            book.find(id).ifPresent(o -> begin(seq, o.side(), o.price()));
            if (!book.cancel(id)) {
                report(4, Long.toString(id));
            }
            end();
        }

        @Override
        public void onModify(int seq, long id, long newPrice, long quantity) {
            begin(seq, BookSide.BUY, newPrice);
            book.find(id).ifPresentOrElse(o -> modify(o, quantity), () -> report(5, Long.toString(id)));
            end();
        }

        private void modify(RestingOrder old, long quantity) {
            begin(seq, old.side(), price);
            report(3, side() + "," + old.id() + "," + price + "," + quantity);
            book.replace(old.id(), price, quantity, Remainder.RESTS);
        }

        @Override
        public void onTrade(long makerId, long takerId, long price, long quantity) {
            report(1, price + "," + quantity + "," + makerId + "," + takerId);
        }

        @Override
        public void onCanceled(long orderId, long quantity) {
            report(2, side() + "," + orderId + "," + price);
        }

        List<String> reports() {
            return reports;
        }

        private void begin(int message, BookSide ofOrder, long ofPrice) {
            seq = message;
            side = ofOrder;
            price = ofPrice;
        }

        private int side() {
            return side == BookSide.BUY ? 0 : 1;
        }

        private void report(int type, String rest) {
            ofMessage.add(new Report(type, type + "," + seq + "," + rest));
        }

        private void end() {
            ofMessage.sort(Comparator.comparingInt(Report::type));
            ofMessage.forEach(r -> reports.add(r.line()));
            ofMessage.clear();
        }
    }
}
