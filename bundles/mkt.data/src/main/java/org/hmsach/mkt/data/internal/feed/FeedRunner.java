package org.hmsach.mkt.data.internal.feed;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.module.PlugInException;
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

    private record Running(Source source, MarketDataFeed.Run run, BoundedSink sink, List<Instrument> instruments) {}

    private final String name;
    private final Supplier<List<Source>> feeds;
    private final Board board;
    private Optional<Running> running = Optional.empty();
    private Optional<Source> seen = Optional.empty();
    private int roundsToWait;

    /** @param feeds all feeds there are now, asked each round */
    public FeedRunner(String name, Supplier<List<Source>> feeds, Board board) {
        this.name = name;
        this.feeds = feeds;
        this.board = board;
    }

    /** One round of looking after the feed. */
    public synchronized void round() throws InterruptedException {
        Optional<Source> chosen = chosen();
        boolean changed = !chosen.equals(seen);
        seen = chosen;
        if (changed || board.failure().isPresent()) {
            stop();
        }
        if (changed) {
            roundsToWait = 0;
        }
        if (running.isEmpty() && roundsToWait-- <= 0) {
            if (chosen.isPresent()) {
                start(chosen.get());
            } else {
                board.failed("waiting for a feed named '" + name + "'");
            }
            roundsToWait = ROUNDS_BEFORE_RETRY;
        }
    }

    /** A feed that is here keeps its name; only newcomers are asked. */
    private Optional<Source> chosen() throws InterruptedException {
        List<Source> now = feeds.get();
        if (seen.isPresent() && now.contains(seen.get())) {
            return seen;
        }
        for (Source source : now) {
            try {
                if (name.equals(source.name())) {
                    return Optional.of(source);
                }
            } catch (PlugInException e) {
                LOG.warn("A market data feed has no name: {}", e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** What the running feed has prices of. */
    public synchronized List<Instrument> instruments() {
        return running.map(Running::instruments).orElse(List.of());
    }

    public synchronized boolean isRunning() {
        return running.isPresent() && board.failure().isEmpty();
    }

    /** A vendor's feed may do anything; it then counts as failed. */
    private void start(Source source) throws InterruptedException {
        board.recovered();
        BoundedSink sink = new BoundedSink(board, source);
        try {
            List<Instrument> instruments = source.instruments();
            running = Optional.of(new Running(source, source.start(sink), sink, instruments));
            LOG.info("market data comes from feed '{}'", name);
        } catch (PlugInException e) {
            sink.end();
            board.failed("feed '" + name + "' does not start: " + e.getMessage());
        }
    }

    private void stop() throws InterruptedException {
        Optional<Running> old = running;
        running = Optional.empty();
        if (old.isPresent()) {
            old.get().sink().end();
            try {
                old.get().source().stop(old.get().run());
            } catch (PlugInException e) {
                LOG.warn("feed '{}' does not stop: {}", name, e.getMessage());
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
