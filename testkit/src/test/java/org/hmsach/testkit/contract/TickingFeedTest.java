package org.hmsach.testkit.contract;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Trade;
import org.hmsach.testkit.fake.Samples;

class TickingFeedTest extends MarketDataFeedContract {
    @Override
    protected MarketDataFeed feed() {
        return new MarketDataFeed() {
            @Override
            public String name() {
                return "ticking";
            }

            @Override
            public List<Instrument> instruments() {
                return List.of(Samples.instrument("IBM", "paper"));
            }

            @Override
            public Run start(Sink sink) {
                AtomicLong time = new AtomicLong(Samples.NOON_MS);
                ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
                thread.scheduleWithFixedDelay(
                        () -> sink.trade(new Trade("IBM", 100, 100, time.incrementAndGet(), "ticking")),
                        0,
                        5,
                        TimeUnit.MILLISECONDS);
                return () -> end(thread);
            }
        };
    }

    private static void end(ScheduledExecutorService thread) {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the feed's thread does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
