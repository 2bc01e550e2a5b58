package org.hmsach.mkt.data.internal.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.mkt.data.internal.board.Board;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.testkit.fake.FakePlugIns;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class FeedRunnerTest {
    private final Board board = new Board(new XnysCalendar());
    private final List<MarketDataFeed> feeds = new ArrayList<>();
    private final FakePlugIns plugIns = new FakePlugIns();
    private final FeedRunner runner = new FeedRunner(
            "acme",
            () -> feeds.stream()
                    .map(feed -> new Source(feed, plugIns.plugIn("MarketDataFeed", "acme", 1), Source.VENDORS))
                    .toList(),
            board);

    /** A vendor's line whose starts and stops are counted. */
    private static final class Line implements MarketDataFeed {
        private int starts;
        private int stops;
        private boolean broken;
        private boolean hasNoList;

        @Override
        public String name() {
            return "acme";
        }

        @Override
        public List<Instrument> instruments() {
            if (hasNoList) {
                throw new IllegalStateException("no list");
            }
            return List.of(Samples.instrument("IBM", "paper"));
        }

        @Override
        public Run start(Sink sink) {
            starts++;
            if (broken) {
                throw new IllegalStateException("no line");
            }
            return () -> stops++;
        }
    }

    @Test
    void waitsByNameForAVendorsFeedAndStopsItWhenItGoes() throws InterruptedException {
        runner.round();
        assertEquals(Optional.of("waiting for a feed named 'acme'"), board.failure());
        Line line = new Line();
        feeds.add(line);
        runner.round();
        runner.round();
        assertTrue(runner.isRunning());
        assertEquals(1, line.starts);
        assertEquals(1, runner.instruments().size());
        feeds.clear();
        runner.round();
        assertEquals(1, line.stops);
        assertFalse(runner.isRunning());
    }

    @Test
    void replacesAFeedByItsNewVersion() throws InterruptedException {
        Line old = new Line();
        feeds.add(old);
        runner.round();
        Line next = new Line();
        feeds.set(0, next);
        runner.round();
        assertEquals(1, old.stops);
        assertEquals(1, next.starts);
    }

    @Test
    void stopsAFeedThatMayNotBeCalledAnyMore() throws InterruptedException {
        Line line = new Line();
        feeds.add(line);
        runner.round();
        plugIns.open("MarketDataFeed", "acme");
        feeds.clear();
        runner.round();
        assertEquals(1, line.stops, "it would run on for ever");
    }

    @Test
    void startsNoFeedThatCannotListItsInstruments() throws InterruptedException {
        Line line = new Line();
        line.hasNoList = true;
        feeds.add(line);
        runner.round();
        assertEquals(0, line.starts, "nobody would stop it");
        assertFalse(runner.isRunning());
    }

    @Test
    void startsAFailedFeedAgainAfterAWhile() throws InterruptedException {
        Line line = new Line();
        line.broken = true;
        feeds.add(line);
        runner.round();
        assertEquals(
                Optional.of("feed 'acme' does not start: MarketDataFeed acme failed to start: "
                        + "java.lang.IllegalStateException: no line"),
                board.failure());
        runner.round();
        assertEquals(1, line.starts);
        line.broken = false;
        for (int i = 0; i < 11; i++) {
            runner.round();
        }
        assertEquals(2, line.starts);
        assertTrue(runner.isRunning());
        board.failed("line cut");
        for (int i = 0; i < 12; i++) {
            runner.round();
        }
        assertEquals(1, line.stops);
        assertEquals(3, line.starts);
    }
}
