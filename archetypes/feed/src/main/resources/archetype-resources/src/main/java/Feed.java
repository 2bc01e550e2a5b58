package ${package};

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Quote;
import org.osgi.service.component.annotations.Component;

/** Tells a quote of IBM twenty times a second. Put your line here. Chosen by {@code feed = ${artifactId}}. */
@Component
public final class Feed implements MarketDataFeed {
    static final String SYMBOL = "IBM";
    static final long BID_E8 = Scale8.parse("304.99");
    static final long ASK_E8 = Scale8.parse("305.01");
    private static final long SHOWN_E8 = 100 * Scale8.ONE;
    private static final long PAUSE_MS = 50;

    @Override
    public String name() {
        return "${artifactId}";
    }

    /** What you tell prices of; where the platform does not know it, it is defined as you say here. */
    @Override
    public List<Instrument> instruments() {
        return List.of(new Instrument(
                SYMBOL, Currency.USD, Scale8.ONE / 100, Scale8.ONE, InstrumentStatus.ACTIVE, "paper"));
    }

    /** Tell from one thread, times never going back, at most 200,000 events a second. */
    @Override
    public Run start(Sink sink) {
        ScheduledExecutorService line = Executors.newSingleThreadScheduledExecutor();
        line.scheduleWithFixedDelay(new Quotes(sink), 0, PAUSE_MS, TimeUnit.MILLISECONDS);
        return () -> end(line);
    }

    private static final class Quotes implements Runnable {
        private final Sink sink;
        private long lastMs;

        Quotes(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void run() {
            lastMs = Math.max(lastMs, System.currentTimeMillis());
            sink.quote(new Quote(SYMBOL, BID_E8, SHOWN_E8, ASK_E8, SHOWN_E8, lastMs, "${artifactId}"), true, true);
        }
    }

    /** Nothing is told after this returns, and the thread is gone. */
    private static void end(ScheduledExecutorService line) {
        line.shutdownNow();
        try {
            if (!line.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the thread of ${artifactId} does not end within 5 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
