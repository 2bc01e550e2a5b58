package org.hmsach.gateway.internal.stream;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;

/** One connected client: who it is, what it listens to, and what it was sent last. */
final class Client {
    /** Closed because the client did something that is not allowed. */
    static final int NOT_ALLOWED = 1008;
    /** Closed because there is no room now. */
    static final int TRY_LATER = 1013;

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

    private static final Listening NOTHING = new Listening(Set.of(), Set.of());

    private final Outbox outbox;
    private final Outbox.Wire wire;
    private final long openedNanos = System.nanoTime();
    private volatile Optional<Caller> caller = Optional.empty();
    private volatile Optional<Credentials> credentials = Optional.empty();
    private volatile Listening listening = NOTHING;
    private volatile Quotes.Subscription quotes = Quotes.Subscription.NONE;
    private volatile Optional<Message> lastPortfolio = Optional.empty();
    private long lastEvent;
    private volatile long checkedNanos = openedNanos;

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

    Quotes.Subscription quotes() {
        return quotes;
    }

    /** From now on it gets these; what it was sent before counts no more. */
    void listen(Listening wanted, Quotes.Subscription wantedQuotes) {
        lastPortfolio = Optional.empty();
        quotes = wantedQuotes;
        listening = wanted;
    }

    long ageMs() {
        return (System.nanoTime() - openedNanos) / 1_000_000;
    }

    /** Whether its credentials were last looked at so long ago; then they count as looked at now. */
    boolean isDue(long ms) {
        long now = System.nanoTime();
        boolean due = now - checkedNanos > ms * 1_000_000;
        if (due) {
            checkedNanos = now;
        }
        return due;
    }

    /** Answers the client. One that asks and asks and does not take the answers is let go. */
    void send(Message message) {
        if (outbox.add(message)) {
            outbox.flush();
        } else {
            drop(NOT_ALLOWED, "the client does not take its answers");
        }
    }

    /** Queues an event of the tape, unless it or a later one was sent before. @return whether there was room */
    synchronized boolean addEvent(long number, Message message) {
        if (number <= lastEvent) {
            return true;
        }
        if (!outbox.add(message)) {
            return false;
        }
        lastEvent = number;
        return true;
    }

    /** Queues something of which only the newest counts. */
    boolean addNewest(Message message) {
        return outbox.add(message);
    }

    /** Queues the portfolio when it is another one than the last. */
    boolean addPortfolio(Message message) {
        if (lastPortfolio.equals(Optional.of(message)) || !outbox.add(message)) {
            return false;
        }
        lastPortfolio = Optional.of(message);
        return true;
    }

    void flush() {
        outbox.flush();
    }

    boolean isOpen() {
        return outbox.isOpen();
    }

    boolean isIdle() {
        return outbox.isIdle();
    }

    boolean isCalm() {
        return outbox.isCalm();
    }

    boolean isStuck(long ms) {
        return outbox.isStuck(ms);
    }

    void drop(int code, String why) {
        if (outbox.close()) {
            wire.close(code, why);
        }
    }

    /** Its connection is gone. */
    void end() {
        outbox.close();
    }

    void abort() {
        outbox.close();
        wire.abort();
    }
}
