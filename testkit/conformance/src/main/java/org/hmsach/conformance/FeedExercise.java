package org.hmsach.conformance;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.spi.mkt.MarketDataFeed;
import org.hmsach.spi.mkt.Quote;
import org.hmsach.spi.mkt.Trade;

/** A feed started and stopped: times go forwards, one thread tells, and nothing comes after the end. */
final class FeedExercise implements Exercise {
    private static final Duration LISTEN = Duration.ofSeconds(3);
    private static final int ENOUGH = 500;

    private record Told(String symbol, long timeMs, String thread) {}

    @Override
    public Class<?> spi() {
        return MarketDataFeed.class;
    }

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void once(Object service, int number) {
        MarketDataFeed feed = (MarketDataFeed) service;
        Exercises.require(feed.name().matches("[a-z0-9-]{1,32}"), "the name '" + feed.name() + "' is none");
        Exercises.require(feed.instruments() != null, "no list of instruments");
        feed.start(sink(new Heard<>(), new ArrayList<>())).close();
    }

    @Override
    public List<String> disorder(Object service) throws InterruptedException {
        MarketDataFeed feed = (MarketDataFeed) service;
        List<String> problems = new ArrayList<>();
        Heard<Told> heard = new Heard<>();
        MarketDataFeed.Run run = feed.start(sink(heard, problems));
        boolean told =
                heard.await(LISTEN, all -> all.size() >= ENOUGH) || !heard.all().isEmpty();
        run.close();
        int atEnd = heard.all().size();
        if (!told && problems.isEmpty()) {
            problems.add("it told nothing within " + LISTEN.toSeconds() + " s");
        }
        if (heard.await(Duration.ofMillis(300), all -> all.size() > atEnd)) {
            problems.add("it told something after it was closed");
        }
        Map<String, Long> last = new HashMap<>();
        for (Told one : heard.all()) {
            Long before = last.put(one.symbol(), one.timeMs());
            if (before != null && before > one.timeMs()) {
                problems.add("time of '" + one.symbol() + "' went back from " + before + " to " + one.timeMs());
                break;
            }
        }
        long threads = heard.all().stream().map(Told::thread).distinct().count();
        if (threads > 1) {
            problems.add(threads + " threads tell at the same time");
        }
        return problems;
    }

    private static MarketDataFeed.Sink sink(Heard<Told> heard, List<String> problems) {
        return new MarketDataFeed.Sink() {
            private void add(String symbol, long timeMs) {
                heard.add(new Told(symbol, timeMs, Thread.currentThread().getName()));
            }

            @Override
            public void quote(Quote quote, boolean bidUpdated, boolean askUpdated) {
                add("quote " + quote.symbol(), quote.timeMs());
            }

            @Override
            public void trade(Trade trade) {
                add("trade " + trade.symbol(), trade.timeMs());
            }

            @Override
            public void time(long nowMs, LocalDate date, boolean open) {
                add("session", nowMs);
            }

            @Override
            public void failed(String why) {
                problems.add("it failed: " + why);
            }
        };
    }
}
