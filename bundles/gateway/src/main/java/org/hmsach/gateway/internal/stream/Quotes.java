package org.hmsach.gateway.internal.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.gateway.internal.trading.Prices;
import org.hmsach.spi.mkt.Quote;

/**
 * Quotes change faster than anybody can read, so each client gets the newest one of each symbol at each beat: a symbol
 * is looked up once a beat, encoded once when it changed, and a client that has not yet taken the last beat's messages
 * is passed over. Except for {@link #subscribe}, for the one thread of the beats.
 */
final class Quotes {
    /** Topics that nobody was told for so many beats are forgotten. */
    private static final int UNUSED_BEATS = 240;

    private final Prices prices;
    private final Messages messages;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private long beat;

    Quotes(Prices prices, Messages messages) {
        this.prices = prices;
        this.messages = messages;
    }

    /** What a client listens to, and which version of each it was sent. */
    static final class Subscription {
        static final Subscription NONE = new Subscription(List.of());

        private final List<Topic> topics;
        private final long[] sentVersions;

        private Subscription(List<Topic> topics) {
            this.topics = topics;
            sentVersions = new long[topics.size()];
        }
    }

    private static final class Topic {
        private final String symbol;
        private long beat = -1;
        private long version;
        private Optional<Quote> quote = Optional.empty();
        private Optional<Message> message = Optional.empty();

        Topic(String symbol) {
            this.symbol = symbol;
        }
    }

    /** Any thread. */
    Subscription subscribe(Set<String> symbols) {
        List<Topic> wanted = new ArrayList<>();
        for (String symbol : symbols) {
            wanted.add(topics.computeIfAbsent(symbol, Topic::new));
        }
        return new Subscription(wanted);
    }

    /** The next beat begins. */
    void nextBeat() {
        beat++;
        if (beat % UNUSED_BEATS == 0) {
            topics.values().removeIf(topic -> topic.beat < beat - UNUSED_BEATS);
        }
    }

    /** Queues what is new for the client. @return how many messages */
    int addNews(Client client, Subscription subscription) {
        int added = 0;
        boolean idle = client.isIdle();
        for (int i = 0; i < subscription.sentVersions.length; i++) {
            Topic topic = subscription.topics.get(i);
            refresh(topic);
            if (idle
                    && topic.version != subscription.sentVersions[i]
                    && client.addNewest(topic.message.orElseThrow())) {
                subscription.sentVersions[i] = topic.version;
                added++;
            }
        }
        return added;
    }

    private void refresh(Topic topic) {
        if (topic.beat == beat) {
            return;
        }
        topic.beat = beat;
        Optional<Quote> now = prices.quote(topic.symbol);
        if (now.isPresent() && !now.equals(topic.quote)) {
            topic.quote = now;
            topic.message = now.map(messages::quote);
            topic.version++;
        }
    }
}
