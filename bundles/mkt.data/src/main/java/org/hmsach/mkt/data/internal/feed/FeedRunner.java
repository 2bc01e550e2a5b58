package org.hmsach.mkt.data.internal.feed;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.mkt.data.internal.board.Board;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the chosen feed running: starts it when it appears, stops it when its bundle goes, starts it again some seconds
 * after it failed.
 */
public final class FeedRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedRunner.class);
    private static final int ROUNDS_BEFORE_RETRY = 10;

    private record Running(MarketDataFeed feed, MarketDataFeed.Run run) {}

    private final String name;
    private final Supplier<List<MarketDataFeed>> feeds;
    private final Board board;
    private Optional<Running> running = Optional.empty();
    private Optional<MarketDataFeed> seen = Optional.empty();
    private int roundsToWait;

    /** @param feeds all feeds there are now, asked each round */
    public FeedRunner(String name, Supplier<List<MarketDataFeed>> feeds, Board board) {
        this.name = name;
        this.feeds = feeds;
        this.board = board;
    }

    /** One round of looking after the feed. */
    public synchronized void round() {
        Optional<MarketDataFeed> chosen =
                feeds.get().stream().filter(feed -> feed.name().equals(name)).findFirst();
        boolean changed = !chosen.equals(seen);
        seen = chosen;
        if (changed || board.failure().isPresent()) {
            stop();
        }
        if (changed) {
            roundsToWait = 0;
        }
        if (running.isEmpty() && roundsToWait-- <= 0) {
            chosen.ifPresentOrElse(this::start, () -> board.failed("waiting for a feed named '" + name + "'"));
            roundsToWait = ROUNDS_BEFORE_RETRY;
        }
    }

    /** What the running feed has prices of. */
    public synchronized List<Instrument> instruments() {
        return running.map(now -> now.feed().instruments()).orElse(List.of());
    }

    public synchronized boolean isRunning() {
        return running.isPresent() && board.failure().isEmpty();
    }

    /** A vendor's feed may throw anything; it then counts as failed. */
    private void start(MarketDataFeed feed) {
        board.recovered();
        try {
            running = Optional.of(new Running(feed, feed.start(board)));
            LOG.info("market data comes from feed '{}'", name);
        } catch (RuntimeException theirs) {
            board.failed("feed '" + name + "' does not start: " + theirs.getMessage());
        }
    }

    private void stop() {
        running.ifPresent(now -> now.run().close());
        running = Optional.empty();
    }

    @Override
    public synchronized void close() {
        stop();
    }
}
