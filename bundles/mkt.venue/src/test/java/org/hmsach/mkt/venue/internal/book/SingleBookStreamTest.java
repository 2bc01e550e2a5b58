package org.hmsach.mkt.venue.internal.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A million real order commands on one book give the trades, the book and the hashes that are known for them. */
class SingleBookStreamTest {
    private static final String FOLDER = "streams/single-1k/";

    @Test
    void givesTheKnownTradesAndTheKnownBook() throws IOException {
        String expected = Files.readString(SharedData.file(FOLDER + "expected.json"));
        SingleBookAdapter adapter = new SingleBookAdapter();
        int commands = 0;
        try (BufferedReader rows = open("commands.csv.gz")) {
            for (String row = rows.readLine(); row != null; row = rows.readLine(), commands++) {
                adapter.run(commands, row.split(","));
            }
        }
        assertEquals(number(expected, "commands"), commands);
        assertTrades(adapter);
        assertEquals(number(expected, "trades"), adapter.trades().size());
        assertEquals(text(expected, "tradeHash"), adapter.tradeHash());
        assertBook(adapter);
        assertEquals(text(expected, "bookHash"), adapter.bookHash());
    }

    private static void assertTrades(SingleBookAdapter adapter) throws IOException {
        List<String> known = new ArrayList<>();
        try (BufferedReader rows = open("trades.csv.gz")) {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] f = row.split(",");
                known.add(String.join(",", f[0], f[1], f[2], f[4], f[5]));
            }
        }
        assertEquals(known, adapter.trades());
    }

    private static void assertBook(SingleBookAdapter adapter) throws IOException {
        List<String> known = new ArrayList<>();
        try (BufferedReader rows = open("final-book.csv.gz")) {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                known.add(row.substring(0, row.lastIndexOf(',')));
            }
        }
        assertEquals(known, adapter.bookRows());
    }

    private static BufferedReader open(String name) throws IOException {
        Path file = SharedData.file(FOLDER + name);
        BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.US_ASCII));
        assertTrue(reader.readLine().contains(","), "a header row");
        return reader;
    }

    private static long number(String json, String name) {
        return Long.parseLong(value(json, "\"" + name + "\": (\\d+)"));
    }

    private static String text(String json, String name) {
        return value(json, "\"" + name + "\": \"([^\"]*)\"");
    }

    private static String value(String json, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    /** What the stream has and the book has not: owners, sizes before fills, budgets of FOKB orders. */
    private static final class SingleBookAdapter implements BookListener {
        private final Book book = new Book(this);
        private final Map<Long, long[]> ownerSizeFilled = new HashMap<>();
        private final List<String> trades = new ArrayList<>();
        private final StreamHash tradeHash = new StreamHash();
        private long row;

        void run(long commandIndex, String[] field) {
            row = commandIndex;
            long id = Long.parseLong(field[1]);
            if (field[0].equals("P")) {
                place(id, field);
                return;
            }
            long[] known = ownerSizeFilled.get(id);
            if (known == null || known[0] != Long.parseLong(field[2])) {
                return;
            }
            switch (field[0]) {
                case "M" -> move(id, Long.parseLong(field[5]));
                case "C" -> book.cancel(id);
                case "R" -> {
                    if (book.reduce(id, Long.parseLong(field[6]))) {
                        known[1] -= Long.parseLong(field[6]);
                    }
                }
                default -> throw new IllegalArgumentException(field[0]);
            }
        }

        private void place(long id, String[] field) {
            BookSide side = field[3].equals("B") ? BookSide.BUY : BookSide.SELL;
            long price = Long.parseLong(field[5]);
            long size = Long.parseLong(field[6]);
            ownerSizeFilled.put(id, new long[] {Long.parseLong(field[2]), size, 0});
            switch (field[4]) {
                case "GTC" -> book.place(id, side, price, size, Remainder.RESTS);
                case "IOC" -> book.place(id, side, price, size, Remainder.CANCELED);
                case "FOKB" -> {
                    if (fits(side, size, price)) {
                        book.place(id, side, side.anyPrice(), size, Remainder.CANCELED);
                    }
                }
                default -> throw new IllegalArgumentException(field[4]);
            }
        }

        private boolean fits(BookSide side, long size, long budget) {
            long missing = size;
            long cost = 0;
            for (PriceLevel level : book.levels(side.opposite())) {
                long taken = Math.min(missing, level.quantity());
                cost += taken * level.price();
                missing -= taken;
            }
            return missing == 0 && (side == BookSide.BUY ? cost <= budget : cost >= budget);
        }

        private void move(long id, long price) {
            long open = book.open(id);
            if (open > 0) {
                book.replace(id, price, open, Remainder.RESTS);
            }
        }

        @Override
        public void onTrade(long makerId, long takerId, long price, long quantity) {
            ownerSizeFilled.get(makerId)[2] += quantity;
            ownerSizeFilled.get(takerId)[2] += quantity;
            trades.add(row + "," + takerId + "," + makerId + "," + price + "," + quantity);
            tradeHash.add(row, takerId, makerId, price, quantity);
        }

        List<String> trades() {
            return trades;
        }

        String tradeHash() {
            return tradeHash.hex();
        }

        List<String> bookRows() {
            List<String> rows = new ArrayList<>();
            for (RestingOrder o : resting()) {
                long[] known = ownerSizeFilled.get(o.id());
                rows.add((o.side() == BookSide.SELL ? "A," : "B,") + o.price() + "," + o.id() + "," + known[0] + ","
                        + known[1] + "," + known[2]);
                assertEquals(known[1] - known[2], o.quantity());
            }
            return rows;
        }

        String bookHash() {
            StreamHash hash = new StreamHash();
            for (RestingOrder o : resting()) {
                long[] known = ownerSizeFilled.get(o.id());
                hash.add(o.side() == BookSide.SELL ? 1 : 2, o.price(), o.id(), known[0], known[1], known[2]);
            }
            return hash.hex();
        }

        private List<RestingOrder> resting() {
            List<RestingOrder> all = new ArrayList<>(book.orders(BookSide.SELL));
            all.addAll(book.orders(BookSide.BUY));
            return all;
        }
    }

    /** The hash of the stream's makers: FNV-1a over 64-bit words. */
    private static final class StreamHash {
        private long hash = 0xcbf29ce484222325L;

        void add(long... words) {
            for (long word : words) {
                hash = (hash ^ word) * 0x100000001b3L;
            }
        }

        String hex() {
            return String.format("%016x", hash);
        }
    }
}
