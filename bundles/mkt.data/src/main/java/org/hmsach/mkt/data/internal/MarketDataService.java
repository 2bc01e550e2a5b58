package org.hmsach.mkt.data.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.command.Door;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.module.Duty;
import org.hmsach.api.module.PlugIns;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.mkt.data.internal.board.Board;
import org.hmsach.mkt.data.internal.calendar.XnysCalendar;
import org.hmsach.mkt.data.internal.feed.FeedRunner;
import org.hmsach.mkt.data.internal.feed.Source;
import org.hmsach.mkt.data.internal.master.Catalogue;
import org.hmsach.mkt.data.internal.master.CoreSetup;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.hmsach.spi.mkt.Bar;
import org.hmsach.spi.mkt.MarketClock;
import org.hmsach.spi.mkt.MarketData;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.MarketListener;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prices and market time: the chosen feed, what it told last, and the clock that goes with it. */
@Component(
        service = {MarketData.class, MarketClock.class, MarketView.class},
        immediate = true,
        configurationPid = "org.hmsach.mkt.data")
@Designate(ocd = MarketDataService.Config.class)
public final class MarketDataService implements MarketView {
    private static final Logger LOG = LoggerFactory.getLogger(MarketDataService.class);
    private static final long ROUND_MS = 500;

    /** PID org.hmsach.mkt.data. */
    @ObjectClassDefinition(name = "Market data")
    public @interface Config {
        @AttributeDefinition(
                description = "simulated, replay, or the name of a vendor's feed; empty: replay where dir is given")
        String feed() default "";

        @AttributeDefinition(
                description = "calendar, open (never closes), or replay: as the feed tells, always so in replays")
        String session() default "calendar";

        @AttributeDefinition(description = "folder of LEAN data that the replay reads")
        String dir() default "";

        @AttributeDefinition(description = "replay: market seconds in a real second, 1 to 100000; 0 does not wait")
        long speed() default 1;

        @AttributeDefinition(description = "replay: begin again after the last recorded day")
        boolean loop() default true;

        @AttributeDefinition(description = "replay: real milliseconds between close and next open")
        long overnight_ms() default 5_000;

        @AttributeDefinition(description = "simulated: seed of the random walk")
        long seed() default 1;

        @AttributeDefinition(description = "simulated: SYMBOL:PRICE")
        String[] symbols() default {"AAPL:270.00", "BAC:52.00", "IBM:305.00", "MSFT:475.00", "SPY:660.00"};

        @AttributeDefinition(description = "how instruments are shown: SYMBOL|Name|EXCHANGE")
        String[] listings() default {
            "AAPL|Apple Inc.|NASDAQ",
            "BAC|Bank of America Corporation|NYSE",
            "IBM|International Business Machines Corporation|NYSE",
            "MSFT|Microsoft Corporation|NASDAQ",
            "SPY|SPDR S&P 500 ETF Trust|ARCA"
        };

        @AttributeDefinition(description = "define the feed's instruments that the core does not know")
        boolean define_instruments() default true;

        @AttributeDefinition(description = "smallest quantity of instruments that are defined")
        String lot() default "0.000001";

        @AttributeDefinition(description = "venue of instruments that are defined")
        String venue() default "paper";

        @AttributeDefinition(description = "open the first business date when the core has none")
        boolean open_business_date() default true;
    }

    private final XnysCalendar calendar = new XnysCalendar();
    private final Board board = new Board(calendar);
    private final Wiring wiring;
    private final FeedRunner runner;
    private final CoreSetup setup;
    private final Duty duty;
    private final PlugIns plugIns;
    private final ScheduledExecutorService rounds;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, MarketDataFeed>> vendors;

    @Activate
    public MarketDataService(
            Config config,
            @Reference Portfolio portfolio,
            @Reference Door door,
            @Reference Duty duty,
            @Reference PlugIns plugIns) {
        this.duty = duty;
        this.plugIns = plugIns;
        this.wiring = Wiring.of(config, portfolio, board, calendar);
        this.setup = new CoreSetup(portfolio, door, config.define_instruments(), config.open_business_date());
        this.runner = new FeedRunner(wiring.feed(), this::feeds, board);
        this.rounds = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "mkt.data");
            thread.setDaemon(true);
            return thread;
        });
        wiring.wrong().ifPresentOrElse(board::failed, this::begin);
    }

    /** Our own feed tells at once, so that whoever finds the service finds prices; a vendor's may come later. */
    private void begin() {
        if (wiring.own().isPresent()) {
            lookAfterFeed();
        }
        rounds.scheduleWithFixedDelay(this::round, 0, ROUND_MS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    public void stop() {
        rounds.shutdownNow();
        runner.close();
    }

    @Override
    public String source() {
        return wiring.feed();
    }

    @Override
    public Optional<Quote> quote(String symbol) {
        return board.quote(symbol);
    }

    @Override
    public Optional<Trade> lastTrade(String symbol) {
        return board.lastTrade(symbol);
    }

    @Override
    public Optional<ReferencePrice> reference(String symbol, boolean buy) {
        return board.quote(symbol)
                .map(quote -> buy
                        ? new ReferencePrice(quote.askE8(), quote.source() + " ask", quote.timeMs())
                        : new ReferencePrice(quote.bidE8(), quote.source() + " bid", quote.timeMs()))
                .or(() -> tradePrice(symbol));
    }

    @Override
    public Optional<ReferencePrice> mark(String symbol) {
        return tradePrice(symbol).or(() -> board.quote(symbol)
                .map(quote -> new ReferencePrice(
                        quote.bidE8() + (quote.askE8() - quote.bidE8()) / 2,
                        quote.source() + " middle",
                        quote.timeMs())));
    }

    @Override
    public List<Bar> bars(String symbol, LocalDate from, LocalDate to) {
        TreeMap<LocalDate, Bar> bars = new TreeMap<>();
        LocalDate today = wiring.time().now().date();
        wiring.replay()
                .ifPresent(recorded -> recorded.history(symbol, today).forEach(bar -> bars.put(bar.date(), bar)));
        board.bars(symbol).forEach(bar -> bars.put(bar.date(), bar));
        return from.isAfter(to)
                ? List.of()
                : List.copyOf(bars.subMap(from, true, to, true).values());
    }

    @Override
    public AutoCloseable subscribe(MarketListener listener) {
        return board.subscribe(listener);
    }

    @Override
    public MarketTime now() {
        return wiring.time().now();
    }

    @Override
    public FeedStatus feedStatus() {
        return new FeedStatus(
                wiring.feed(),
                runner.isRunning(),
                wiring.wrong().isEmpty(),
                board.failure(),
                runner.instruments().stream().map(Instrument::symbol).toList());
    }

    @Override
    public Catalogue.Listing listing(Instrument instrument) {
        return wiring.catalogue().listing(instrument);
    }

    /** Vendors and the core may throw what they like: the next round comes all the same. */
    private void round() {
        try {
            lookAfterFeed();
            if (!duty.isMine()) {
                return; // the version that serves proposes
            }
            LocalDate date = wiring.time().now().date();
            setup.run(
                    runner.instruments(),
                    new CoreSetup.FirstDate(date, calendar.after(date).date()));
        } catch (RuntimeException theirs) {
            LOG.error("looking after the market data feed failed", theirs);
        }
    }

    private void lookAfterFeed() {
        try {
            runner.round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Source> feeds() {
        List<Source> feeds = new ArrayList<>();
        Bundle own = FrameworkUtil.getBundle(MarketDataService.class);
        wiring.own().ifPresent(feed -> feeds.add(source(feed, own == null ? 0 : own.getBundleId(), Source.UNBOUNDED)));
        for (Map.Entry<Map<String, Object>, MarketDataFeed> vendor :
                Optional.ofNullable(vendors).orElse(List.of())) {
            Object bundle = vendor.getKey().get(Constants.SERVICE_BUNDLEID);
            feeds.add(source(vendor.getValue(), bundle instanceof Long id ? id : 0, Source.VENDORS));
        }
        return feeds;
    }

    private Source source(MarketDataFeed feed, long bundleId, int mostPerSecond) {
        return new Source(
                feed,
                plugIns.plugIn(
                        MarketDataFeed.class.getSimpleName(), feed.getClass().getSimpleName(), bundleId),
                mostPerSecond);
    }

    private Optional<ReferencePrice> tradePrice(String symbol) {
        return board.lastTrade(symbol)
                .map(trade -> new ReferencePrice(trade.priceE8(), trade.source() + " trade", trade.timeMs()));
    }
}
