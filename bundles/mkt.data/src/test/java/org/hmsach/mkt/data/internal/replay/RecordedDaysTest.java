package org.hmsach.mkt.data.internal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.mkt.data.internal.lean.LeanFolder;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The replay of real recorded days against a second, naive reading of the same files. */
class RecordedDaysTest {
    private static final long OPEN_7_OCTOBER = 1_381_152_600_000L;
    private static final int OPEN_MS = 34_200_000;
    private static final int CLOSE_MS = 57_600_000;

    /** Keeps the trades, counts the quotes, and knows when the first day is over; a million lines pass here. */
    private static final class FirstDay implements MarketDataFeed.Sink {
        private final Map<String, List<String>> trades = new HashMap<>();
        private final Map<String, Integer> quotes = new HashMap<>();
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public void quote(Quote quote, boolean bidUpdated, boolean askUpdated) {
            quotes.merge(quote.symbol(), 1, Integer::sum);
        }

        @Override
        public void trade(Trade trade) {
            trades.computeIfAbsent(trade.symbol(), symbol -> new ArrayList<>())
                    .add(trade.priceE8() + " x " + trade.qtyE8() + " at " + trade.timeMs() + " " + trade.source());
        }

        @Override
        public void time(long nowMs, LocalDate date, boolean open) {
            if (!open) {
                over.countDown();
            }
        }

        @Override
        public void failed(String why) {
            fail(why);
        }
    }

    @Test
    void playsEveryTradeOfTheSessionOnceAndInOrderAndManyQuotes() throws Exception {
        Path root = data();
        FirstDay day = new FirstDay();
        ReplayFeed feed = new ReplayFeed(
                new LeanFolder(root),
                new XnysCalendar(),
                new ReplayFeed.Settings(0, true, 60_000),
                symbol -> Samples.instrument(symbol, "paper"),
                () -> LocalDate.EPOCH);
        try (MarketDataFeed.Run run = feed.start(day)) {
            assertTrue(day.over.await(120, TimeUnit.SECONDS), run::toString);
        }
        for (String symbol : List.of("IBM", "BAC", "SPY")) {
            assertEquals(naiveTrades(root, symbol), day.trades.get(symbol));
        }
        assertTrue(day.quotes.get("IBM") > 90_000, () -> day.quotes.toString());
        assertTrue(!day.quotes.containsKey("SPY"), "no quotes of SPY were recorded");
    }

    @Test
    void findsWhatTheFolderHolds() {
        LeanFolder folder = new LeanFolder(data());
        assertEquals(Set.of("BAC", "IBM", "SPY"), folder.symbols());
        assertEquals(5, folder.dates().size());
        assertTrue(folder.daily("IBM").size() > 5_000);
    }

    private static List<String> naiveTrades(Path root, String symbol) throws IOException {
        List<String> trades = new ArrayList<>();
        Path file = root.resolve("equity/usa/tick")
                .resolve(symbol.toLowerCase(Locale.ROOT))
                .resolve("20131007_trade.zip");
        try (ZipFile zip = new ZipFile(file.toFile());
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        zip.getInputStream(zip.entries().nextElement()), StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] f = line.split(",");
                int time = Integer.parseInt(f[0]);
                if (time >= OPEN_MS && time < CLOSE_MS && f[5].equals("0")) {
                    trades.add(f[1] + "0000 x " + f[2] + "00000000 at " + (OPEN_7_OCTOBER + time - OPEN_MS)
                            + " replay:2013-10-07");
                }
            }
        }
        return trades;
    }

    private static Path data() {
        Path shared = Optional.ofNullable(System.getenv("HMS_SHARED_DATA"))
                .map(Path::of)
                .orElse(Path.of("../../../shared/data"));
        if (!Files.isDirectory(shared.resolve("lean"))) {
            String why = "no market data in " + shared.toAbsolutePath().normalize() + "; set HMS_SHARED_DATA";
            List<String> required = List.of(
                    Optional.ofNullable(System.getenv("HMS_REQUIRE")).orElse("").split(","));
            if (required.contains("data") || required.contains("all")) {
                fail(why);
            }
            Assumptions.abort(why);
        }
        return shared.resolve("lean");
    }
}
