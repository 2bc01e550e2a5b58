package org.hmsach.mkt.data.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.mkt.data.internal.board.Board;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.mkt.data.internal.clock.CalendarClock;
import org.hmsach.mkt.data.internal.clock.FeedClock;
import org.hmsach.mkt.data.internal.clock.OpenClock;
import org.hmsach.mkt.data.internal.lean.BadDataFile;
import org.hmsach.mkt.data.internal.lean.LeanFolder;
import org.hmsach.mkt.data.internal.master.Catalogue;
import org.hmsach.mkt.data.internal.replay.ReplayFeed;
import org.hmsach.mkt.data.internal.simulated.SimulatedFeed;
import org.hmsach.spi.mkt.MarketClock;
import org.hmsach.spi.mkt.MarketDataFeed;

/**
 * What a configuration asks for: names, feeds of our own, clock.
 *
 * @param own   our feed, where it is the chosen one
 * @param wrong why the configuration or its data cannot be used; the market then stays closed and has no feed
 */
record Wiring(
        String feed,
        Catalogue catalogue,
        Optional<MarketDataFeed> own,
        Optional<ReplayFeed> replay,
        MarketClock time,
        Optional<String> wrong) {

    /** Makes the parts. */
    static Wiring of(MarketDataService.Config config, Portfolio portfolio, Board board, XnysCalendar calendar) {
        String feed = config.feed().isEmpty()
                ? (config.dir().isEmpty() ? SimulatedFeed.NAME : ReplayFeed.NAME)
                : config.feed();
        Clock clock = Clock.systemUTC();
        try {
            Catalogue catalogue = new Catalogue(config.listings(), Scale8.parse(config.lot()), config.venue());
            boolean replays = feed.equals(ReplayFeed.NAME);
            Optional<ReplayFeed> replay =
                    replays ? Optional.of(replay(config, calendar, catalogue, portfolio)) : Optional.empty();
            Optional<MarketDataFeed> own = feed.equals(SimulatedFeed.NAME)
                    ? Optional.of(simulated(config, clock, catalogue))
                    : replay.map(MarketDataFeed.class::cast);
            MarketClock time = time(replays ? ReplayFeed.NAME : config.session(), calendar, clock, board);
            return new Wiring(feed, catalogue, own, replay, time, Optional.empty());
        } catch (BadDataFile | IllegalArgumentException | ArithmeticException wrong) {
            Catalogue nameless = new Catalogue(new String[0], Scale8.ONE, "paper");
            MarketClock closed = new FeedClock(calendar, clock, board);
            return new Wiring(
                    feed, nameless, Optional.empty(), Optional.empty(), closed, Optional.of(wrong.getMessage()));
        }
    }

    private static ReplayFeed replay(
            MarketDataService.Config config, XnysCalendar calendar, Catalogue catalogue, Portfolio portfolio) {
        if (config.dir().isEmpty()) {
            throw new IllegalArgumentException("feed=replay needs dir, the folder of the recorded market data");
        }
        ReplayFeed.Settings settings = new ReplayFeed.Settings(config.speed(), config.loop(), config.overnight_ms());
        LeanFolder folder = new LeanFolder(Path.of(config.dir()));
        return new ReplayFeed(folder, calendar, settings, catalogue::proposal, () -> dateToPlay(portfolio));
    }

    /** After a restart the replay goes on with the business date that is open, or with the one after the closed. */
    private static LocalDate dateToPlay(Portfolio portfolio) {
        return portfolio
                .businessDate()
                .map(date -> portfolio.sessionOpen() ? date : date.plusDays(1))
                .orElse(LocalDate.EPOCH);
    }

    private static SimulatedFeed simulated(MarketDataService.Config config, Clock clock, Catalogue catalogue) {
        Map<String, Long> prices = new HashMap<>();
        for (String line : config.symbols()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("symbols has '" + line + "', must have the form SYMBOL:PRICE");
            }
            prices.put(line.substring(0, colon), Scale8.parse(line.substring(colon + 1)));
        }
        return new SimulatedFeed(prices, config.seed(), clock, catalogue::proposal);
    }

    private static MarketClock time(String session, XnysCalendar calendar, Clock clock, Board board) {
        return switch (session) {
            case "open" -> new OpenClock(calendar, clock);
            case "", "calendar" -> new CalendarClock(calendar, clock);
            case "replay" -> new FeedClock(calendar, clock, board);
            default -> throw new IllegalArgumentException("session=" + session + " must be open, calendar or replay");
        };
    }
}
