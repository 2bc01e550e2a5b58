package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;
import org.hmsach.testkit.contract.MarketDataFeedContract;
import org.hmsach.testkit.fake.Recording;
import org.junit.jupiter.api.Test;

/** The contract's tests, and ours. */
class FeedTest extends MarketDataFeedContract {
    @Override
    protected MarketDataFeed feed() {
        return new Feed();
    }

    @Test
    void tellsWhatIsBidAndAsked() {
        Recording<Quote> quotes = new Recording<>();
        try (MarketDataFeed.Run run = feed().start(into(quotes))) {
            Quote first = quotes.await(1).get(0);
            assertEquals(Feed.BID_E8, first.bidE8(), run::toString);
            assertEquals(Feed.ASK_E8, first.askE8(), run::toString);
        }
    }

    private static MarketDataFeed.Sink into(Recording<Quote> quotes) {
        return new MarketDataFeed.Sink() {
            @Override
            public void quote(Quote quote, boolean bidUpdated, boolean askUpdated) {
                quotes.add(quote);
            }

            @Override
            public void trade(Trade trade) {
                throw new AssertionError("no trades are told: " + trade);
            }

            @Override
            public void time(long nowMs, LocalDate date, boolean open) {
                throw new AssertionError("no session is told: " + date);
            }

            @Override
            public void failed(String why) {
                throw new AssertionError(why);
            }
        };
    }
}
