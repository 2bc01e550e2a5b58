package org.hmsach.spi.mkt;

import java.time.LocalDate;
import java.util.List;
import org.hmsach.api.instrument.Instrument;
import org.osgi.annotation.versioning.ConsumerType;

/** A source of market data: replay, simulation, a vendor's line. Register it as a service; mkt.data chooses by name. */
@ConsumerType
public interface MarketDataFeed {
    /** Where a feed puts what it has; calls come from one thread of the feed. */
    interface Sink {
        /** A quote; the flags say which sides were told just now. */
        void quote(Quote quote, boolean bidUpdated, boolean askUpdated);

        /** A trade. */
        void trade(Trade trade);

        /** The feed's time and session: replays tell theirs. */
        void time(long nowMs, LocalDate date, boolean open);

        /** The feed cannot go on; it has stopped. */
        void failed(String why);
    }

    /** A running feed. */
    interface Run extends AutoCloseable {
        @Override
        void close();
    }

    /** Name by which configuration chooses it: {@code [a-z0-9-]{1,32}}. */
    String name();

    /** What it has prices of, with venue, tick and lot as proposals for instruments that are not yet defined. */
    List<Instrument> instruments();

    /** Starts telling; closing the run stops it and its threads. */
    Run start(Sink sink);
}
