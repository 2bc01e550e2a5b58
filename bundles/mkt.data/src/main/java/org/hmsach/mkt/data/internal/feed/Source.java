package org.hmsach.mkt.data.internal.feed;

import java.time.Duration;
import java.util.List;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.spi.mkt.MarketDataFeed;

/**
 * A feed behind its guard.
 *
 * @param mostPerSecond above this what it tells in the same second falls, and the feed is named for it
 */
public record Source(MarketDataFeed feed, PlugIn guard, int mostPerSecond) {
    /** Of a vendor's line. */
    public static final int VENDORS = 200_000;
    /** Our own replay may run as fast as it can. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final Duration BRIEF = Duration.ofSeconds(1);
    /** A line may have to be dialled. */
    private static final Duration START = Duration.ofSeconds(10);

    String name() throws PlugInException, InterruptedException {
        return guard.ask("say its name", BRIEF, feed::name);
    }

    List<Instrument> instruments() throws PlugInException, InterruptedException {
        return guard.ask("list its instruments", START, () -> List.copyOf(feed.instruments()));
    }

    MarketDataFeed.Run start(MarketDataFeed.Sink sink) throws PlugInException, InterruptedException {
        return guard.ask("start", START, () -> feed.start(sink));
    }

    void stop(MarketDataFeed.Run run) throws PlugInException, InterruptedException {
        guard.end("stop", START, run::close);
    }
}
