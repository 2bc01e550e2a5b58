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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.hmsach.mkt.data.internal.Told;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.mkt.data.internal.lean.LeanFolder;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The replay of real recorded days against a second, naive reading of the same files. */
class RecordedDaysTest {
    private static final long OPEN_7_OCTOBER = 1_381_152_600_000L;
    private static final int OPEN_MS = 34_200_000;
    private static final int CLOSE_MS = 57_600_000;

    @Test
    void playsEveryTradeOfTheSessionOnceAndInOrder() throws IOException {
        Path root = data();
        Told told = playFirstDay(root);
        for (String symbol : List.of("ibm", "bac", "spy")) {
            String start = "trade " + symbol.toUpperCase(Locale.ROOT) + " ";
            List<String> played =
                    told.lines().items().stream().filter(line -> line.startsWith(start)).toList();
            assertEquals(naiveTrades(root, symbol), played);
        }
    }

    @Test
    void playsNoCrossedOrLockedQuoteAndManyGoodOnes() throws IOException {
        Told told = playFirstDay(data());
        long quotes = told.lines().items().stream()
                .filter(line -> line.startsWith("quote IBM"))
                .count();
        assertTrue(quotes > 90_000, () -> quotes + " quotes");
    }

    @Test
    void findsWhatTheFolderHolds() {
        LeanFolder folder = new LeanFolder(data());
        assertEquals(Set.of("BAC", "IBM", "SPY"), folder.symbols());
        assertEquals(5, folder.dates().size());
        assertTrue(folder.daily("IBM").size() > 5_000);
    }

    private static Told playFirstDay(Path root) {
        Told told = new Told();
        ReplayFeed feed = new ReplayFeed(
                new LeanFolder(root),
                new XnysCalendar(),
                new ReplayFeed.Settings(0, true, 60_000),
                symbol -> Samples.instrument(symbol, "paper"),
                () -> LocalDate.EPOCH);
        try (MarketDataFeed.Run run = feed.start(told)) {
            told.lines().await(line -> line.endsWith("closed"), run.toString());
        }
        return told;
    }

    private static List<String> naiveTrades(Path root, String symbol) throws IOException {
        List<String> trades = new ArrayList<>();
        Path file = root.resolve("equity/usa/tick").resolve(symbol).resolve("20131007_trade.zip");
        try (ZipFile zip = new ZipFile(file.toFile());
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        zip.getInputStream(zip.entries().nextElement()), StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] f = line.split(",");
                int time = Integer.parseInt(f[0]);
                if (time >= OPEN_MS && time < CLOSE_MS && f[5].equals("0")) {
                    trades.add("trade " + symbol.toUpperCase(Locale.ROOT) + " " + f[1] + "0000x" + f[2]
                            + "00000000 @" + (OPEN_7_OCTOBER + time - OPEN_MS) + " replay:2013-10-07");
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
