package org.hmsach.gateway.internal.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.spi.mkt.Quote;

/** One connected client: who it is, what it listens to, and what it was sent last. */
final class Client {
    /**
     * What a client listens to.
     *
     * @param streams names of streams
     * @param symbols symbols of {@code quotes}
     */
    record Listening(Set<String> streams, Set<String> symbols) {
        Listening {
            streams = Set.copyOf(streams);
            symbols = Set.copyOf(symbols);
        }

        boolean has(String stream) {
            return streams.contains(stream);
        }
    }

    private final Outbox outbox;
    private final Outbox.Wire wire;
    private final long openedNanos = System.nanoTime();
    private final Map<String, Quote> lastQuotes = new HashMap<>();
    private volatile Optional<Caller> caller = Optional.empty();
    private volatile Optional<Credentials> credentials = Optional.empty();
    private volatile Listening listening = new Listening(Set.of(), Set.of());
    private long lastEvent;
    private String lastPortfolio = "";

    Client(Outbox.Wire wire, int queueLimit) {
        this.wire = wire;
        outbox = new Outbox(wire, queueLimit);
    }

    void authenticated(Caller who, Credentials by) {
        caller = Optional.of(who);
        credentials = Optional.of(by);
    }

    Optional<Caller> caller() {
        return caller;
    }

    Optional<Credentials> credentials() {
        return credentials;
    }

    Optional<UUID> account() {
        return caller.flatMap(Caller::account);
    }

    Listening listening() {
        return listening;
    }

    void listen(Listening wanted) {
        listening = wanted;
        synchronized (this) {
            lastPortfolio = "";
            lastQuotes.clear();
        }
    }

    long ageMs() {
        return (System.nanoTime() - openedNanos) / 1_000_000;
    }

    void send(String text) {
        outbox.offer(text);
    }

    /** Sends an event of the tape, unless it or a later one was sent before. */
    synchronized boolean sendEvent(long number, String text) {
        if (number <= lastEvent) {
            return false;
        }
        lastEvent = number;
        outbox.offer(text);
        return true;
    }

    /** Sends the portfolio when it differs from the last one; later, when the client is behind. */
    synchronized boolean sendPortfolio(String text) {
        if (text.equals(lastPortfolio) || !outbox.isCalm()) {
            return false;
        }
        lastPortfolio = text;
        outbox.offer(text);
        return true;
    }

    /** Whether the quote differs from the last one sent and the client keeps up; then it counts as sent. */
    synchronized boolean wants(Quote quote) {
        if (!outbox.isCalm() || quote.equals(lastQuotes.get(quote.symbol()))) {
            return false;
        }
        lastQuotes.put(quote.symbol(), quote);
        return true;
    }

    void drop(String why) {
        outbox.close();
        wire.giveUp(why);
    }
}
