package org.hmsach.mkt.data.internal.view;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.mkt.data.internal.master.Catalogue;

/** What this bundle's own HTTP resources show beyond the published services. */
public interface MarketView {
    /**
     * State of the feed.
     *
     * @param failure why it does not tell anything, where it does not
     */
    record FeedStatus(String name, boolean running, Optional<String> failure, List<String> symbols) {}

    FeedStatus feedStatus();

    Catalogue.Listing listing(Instrument instrument);
}
