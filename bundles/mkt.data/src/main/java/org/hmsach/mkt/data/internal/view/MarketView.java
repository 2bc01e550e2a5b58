package org.hmsach.mkt.data.internal.view;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.mkt.data.internal.master.Catalogue;
import org.hmsach.spi.mkt.MarketClock;
import org.hmsach.spi.mkt.MarketData;

/**
 * What this bundle's own HTTP resources show. They ask for this and not for the published services, so that while two
 * versions of the bundle run side by side each resource keeps to the data of its own version.
 */
public interface MarketView extends MarketData, MarketClock {
    /**
     * State of the feed.
     *
     * @param startable whether configuration and data are sound, so that the feed can come back by itself
     * @param failure why it does not tell anything, where it does not
     */
    record FeedStatus(
            String name, boolean running, boolean startable, Optional<String> failure, List<String> symbols) {}

    FeedStatus feedStatus();

    Catalogue.Listing listing(Instrument instrument);
}
