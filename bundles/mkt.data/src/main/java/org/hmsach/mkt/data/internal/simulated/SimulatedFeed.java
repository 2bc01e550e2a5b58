package org.hmsach.mkt.data.internal.simulated;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.money.Scale8;
import org.hmsach.mkt.data.internal.pace.Pace;
import org.hmsach.mkt.data.internal.pace.PacedThread;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;

/** A made-up market from a seed; everything it tells is labelled as simulated. */
public final class SimulatedFeed implements MarketDataFeed {
    public static final String NAME = "simulated";

    /** Prices move by cents. */
    static final long TICK_E8 = 1_000_000L;

    private final SortedMap<String, Long> startPricesE8;
    private final long seed;
    private final Clock clock;
    private final Function<String, Instrument> proposal;

    public SimulatedFeed(
            Map<String, Long> startPricesE8, long seed, Clock clock, Function<String, Instrument> proposal) {
        this.startPricesE8 = new TreeMap<>(startPricesE8);
        this.seed = seed;
        this.clock = clock;
        this.proposal = proposal;
        if (startPricesE8.isEmpty()) {
            throw new IllegalArgumentException("symbols is empty; name at least one as SYMBOL:PRICE");
        }
        startPricesE8.forEach(SimulatedFeed::requireTick);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Instrument> instruments() {
        return startPricesE8.keySet().stream().map(proposal).toList();
    }

    @Override
    public Run start(Sink sink) {
        Stepper stepper = new Stepper(sink, clock.millis());
        stepper.begin();
        return PacedThread.start(NAME, stepper.pace, stepper::run);
    }

    private static void requireTick(String symbol, long priceE8) {
        if (priceE8 < TICK_E8 || priceE8 % TICK_E8 != 0) {
            throw new IllegalArgumentException(
                    "price " + Scale8.text(priceE8) + " of " + symbol + " is no multiple of 0.01 above 0");
        }
    }

    /** Plays the walks side by side, always the one that is due next. */
    private final class Stepper {
        private static final class Line {
            private final RandomWalk walk;
            private RandomWalk.Step step;
            private long dueMs;

            Line(RandomWalk walk, long startMs) {
                this.walk = walk;
                this.step = walk.first();
                this.dueMs = startMs;
            }

            void advance() {
                step = walk.next();
                dueMs += step.delayMs();
            }
        }

        private final Sink sink;
        private final SortedMap<String, Line> lines = new TreeMap<>();
        private final Pace pace = new Pace(1, timeMs -> {});

        Stepper(Sink sink, long startMs) {
            this.sink = sink;
            startPricesE8.forEach((symbol, price) ->
                    lines.put(symbol, new Line(new RandomWalk(seed, symbol, price / TICK_E8), startMs)));
            pace.start(startMs);
        }

        void begin() {
            lines.forEach(this::tell);
        }

        void run() {
            Map.Entry<String, Line> next = due();
            while (pace.awaitMs(next.getValue().dueMs)) {
                tell(next.getKey(), next.getValue());
                next = due();
            }
        }

        private Map.Entry<String, Line> due() {
            return lines.entrySet().stream()
                    .min((a, b) -> Long.compare(a.getValue().dueMs, b.getValue().dueMs))
                    .orElseThrow();
        }

        private void tell(String symbol, Line line) {
            RandomWalk.Step step = line.step;
            Quote quote = new Quote(
                    symbol,
                    step.bidTicks() * TICK_E8,
                    step.bidSize() * Scale8.ONE,
                    step.askTicks() * TICK_E8,
                    step.askSize() * Scale8.ONE,
                    line.dueMs,
                    NAME);
            sink.quote(quote, step.bidUpdated(), step.askUpdated());
            step.print()
                    .ifPresent(print -> sink.trade(new Trade(
                            symbol, print.priceTicks() * TICK_E8, print.size() * Scale8.ONE, line.dueMs, NAME)));
            line.advance();
        }
    }
}
