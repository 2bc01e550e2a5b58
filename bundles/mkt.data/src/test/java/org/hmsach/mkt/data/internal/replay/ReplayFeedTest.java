package org.hmsach.mkt.data.internal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.hmsach.mkt.data.internal.Told;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.mkt.data.internal.lean.BadDataFile;
import org.hmsach.mkt.data.internal.lean.LeanFiles;
import org.hmsach.mkt.data.internal.lean.LeanFolder;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.testkit.contract.MarketDataFeedContract;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayFeedTest extends MarketDataFeedContract {
    private static final long OPEN_7_OCTOBER = 1_381_152_600_000L;
    private static final long DAY_MS = 86_400_000L;

    @TempDir
    Path root;

    @BeforeEach
    void writeData() throws IOException {
        LeanFiles.tick(
                root,
                "ibm",
                "20131010_quote",
                "34199999,1000000,1,0,0,P,1,0",
                "34200000,1800000,100,0,0,P,1,0",
                "34200001,0,0,1800500,200,P,1,0",
                "34200002,1800600,100,0,0,P,1,0",
                "34200003,0,0,1800700,50,P,1,0",
                "57600000,1,1,0,0,P,1,0");
        LeanFiles.tick(root, "ibm", "20131010_trade", "34200001,1800500,10,P,0,0", "57599999,1800400,20,P,0,0");
        LeanFiles.tick(root, "bac", "20131011_trade", "34200000,140000,30,P,0,0");
        LeanFiles.daily(
                root, "ibm", "20131009 00:00,1,2,1,2,5", "20131010 00:00,1,2,1,2,6", "20131014 00:00,1,2,1,2,7");
    }

    @Override
    protected MarketDataFeed feed() {
        return feed(0, true, LocalDate.EPOCH);
    }

    @Test
    void tellsQuotesAndTradesOfTheSessionInOrderAndGoesOnWithTheNextBusinessDates() {
        Told told = new Told();
        try (MarketDataFeed.Run run = feed().start(told)) {
            told.lines()
                    .await(
                            line -> line.equals("time " + (OPEN_7_OCTOBER + 8 * DAY_MS) + " 2013-10-15 open"),
                            run.toString());
        }
        long open = OPEN_7_OCTOBER + 3 * DAY_MS;
        List<String> prices = told.lines().items().stream()
                .filter(line -> !line.startsWith("time"))
                .toList();
        assertEquals(
                List.of(
                        "quote IBM 18000000000x10000000000* 18005000000x20000000000* @" + (open + 1)
                                + " replay:2013-10-10",
                        "trade IBM 18005000000x1000000000 @" + (open + 1) + " replay:2013-10-10",
                        "quote IBM 18006000000x10000000000* 18007000000x5000000000* @" + (open + 3)
                                + " replay:2013-10-10",
                        "trade IBM 18004000000x2000000000 @" + (open + 23_399_999) + " replay:2013-10-10",
                        "trade BAC 1400000000x3000000000 @" + (open + DAY_MS) + " replay:2013-10-11",
                        "quote IBM 18000000000x10000000000* 18005000000x20000000000* @" + (open + 4 * DAY_MS + 1)
                                + " replay:2013-10-10"),
                prices.subList(0, 6));
    }

    @Test
    void timeOnlyMovesForward() {
        Told told = new Told();
        try (MarketDataFeed.Run run = feed().start(told)) {
            told.lines().await(line -> line.contains("2013-12-24 closed"), run.toString());
        }
        List<Long> times = told.lines().items().stream()
                .filter(line -> line.startsWith("time"))
                .map(line -> Long.parseLong(line.split(" ")[1]))
                .toList();
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    void closesEarlyOnAnEarlyClose() {
        Told told = new Told();
        try (MarketDataFeed.Run run = feed(0, true, LocalDate.of(2013, 11, 29)).start(told)) {
            told.lines().await(line -> line.equals("time 1385748000000 2013-12-02 closed"), run.toString());
        }
    }

    @Test
    void goesOnWithTheBusinessDateAfterARestart() {
        Told told = new Told();
        try (MarketDataFeed.Run run = feed(1, true, LocalDate.of(2013, 10, 12)).start(told)) {
            assertEquals(
                    "time " + (OPEN_7_OCTOBER + 7 * DAY_MS) + " 2013-10-14 open",
                    told.lines().items().get(0));
            run.close();
        }
    }

    @Test
    void doesNotStartAgainBehindTheBusinessDateWithoutALoop() {
        ReplayFeed feed = feed(1, false, LocalDate.of(2013, 10, 12));
        assertThrows(IllegalStateException.class, () -> feed.start(new Told()));
    }

    @Test
    void historyHidesTheFutureAndWhatWasNotRecorded() {
        List<String> dates = feed(1, true, LocalDate.EPOCH).history("IBM", LocalDate.of(2013, 10, 16)).stream()
                .map(bar -> bar.date().toString())
                .toList();
        assertEquals(List.of("2013-10-09", "2013-10-10"), dates);
        assertTrue(feed(1, true, LocalDate.EPOCH)
                .history("IBM", LocalDate.of(2013, 10, 9))
                .isEmpty());
    }

    @Test
    void refusesABrokenFileBeforeItStarts() throws IOException {
        LeanFiles.tick(root, "bac", "20131011_trade", "34200000,-5,30,P,0,0");
        BadDataFile refused = assertThrows(BadDataFile.class, this::feed);
        assertTrue(refused.getMessage().endsWith("line 1: price '-5' must be 1 to 10000000000"), refused::getMessage);
    }

    @Test
    void refusesDataOfADayWithoutASession() throws IOException {
        LeanFiles.tick(root, "bac", "20131012_trade", "34200000,5,30,P,0,0");
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, this::feed);
        assertEquals("market data of 2013-10-12: the exchange has no session on that date", refused.getMessage());
    }

    @Test
    void refusesASpeedOutOfBounds() {
        assertThrows(IllegalArgumentException.class, () -> new ReplayFeed.Settings(-1, true, 0));
        assertThrows(IllegalArgumentException.class, () -> new ReplayFeed.Settings(100_001, true, 0));
    }

    private ReplayFeed feed(long speed, boolean loop, LocalDate notBefore) {
        return new ReplayFeed(
                new LeanFolder(root),
                new XnysCalendar(),
                new ReplayFeed.Settings(speed, loop, 0),
                symbol -> Samples.instrument(symbol, "paper"),
                () -> notBefore);
    }
}
