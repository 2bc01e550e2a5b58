package org.hmsach.gateway.internal.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events.KeyRevoked;
import org.hmsach.api.tape.Events.OrderEvent;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeFollower;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.hmsach.gateway.internal.clock.Metrics;
import org.hmsach.gateway.internal.guard.Callers;
import org.hmsach.gateway.internal.json.StrictJson;
import org.hmsach.gateway.internal.trading.Prices;
import org.hmsach.gateway.internal.trading.Valuation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the tape once for all clients, and sends what changes too fast for every change at a steady beat. */
@Component(service = Hub.class)
public final class Hub {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final long BEAT_MS = 250;
    private static final long AUTHENTICATE_WITHIN_MS = 10_000;
    private static final int RECHECK_BEATS = 60;
    /** Further behind than this a client is told of a gap and reads the lists instead. */
    private static final long MAX_CATCH_UP = 500_000;

    private static final int CATCH_UP_BATCH = 1_000;

    private final Portfolio portfolio;
    private final Tape tape;
    private final Prices prices;
    private final Callers callers;
    private final Metrics metrics;
    private final Messages messages;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Object live = new Object();
    private final Set<Client> following = ConcurrentHashMap.newKeySet();
    private final TapeFollower follower;
    private final ScheduledExecutorService beat;
    private final ScheduledExecutorService catchUps;
    private long position;
    private long beats;

    @Activate
    public Hub(
            @Reference Portfolio portfolio,
            @Reference Tape tape,
            @Reference Prices prices,
            @Reference Callers callers,
            @Reference Metrics metrics) {
        this.portfolio = portfolio;
        this.tape = tape;
        this.prices = prices;
        this.callers = callers;
        this.metrics = metrics;
        messages = new Messages(new StrictJson(), portfolio, new Valuation(portfolio, prices));
        position = tape.lastNumber();
        follower = new TapeFollower("hms-stream-tape", tape, position + 1, new Follow());
        beat = threads("hms-stream-beat", 1);
        catchUps = threads("hms-stream-resume", 2);
        beat.scheduleAtFixedRate(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void close() {
        follower.close();
        beat.shutdownNow();
        catchUps.shutdownNow();
        clients.forEach(client -> client.drop("the gateway is being replaced"));
        clients.clear();
    }

    Messages messages() {
        return messages;
    }

    Callers callers() {
        return callers;
    }

    int size() {
        return clients.size();
    }

    /** How many connections of the person are open. */
    long sizeOf(UUID person) {
        return clients.stream()
                .filter(c -> c.caller().map(Caller::id).equals(Optional.of(person)))
                .count();
    }

    void add(Client client) {
        if (clients.add(client)) {
            metrics.streamCount(1);
        }
    }

    void remove(Client client) {
        following.remove(client);
        if (clients.remove(client)) {
            metrics.streamCount(-1);
        }
    }

    /** The client listens to something else from now on; {@code since} is the last event it has seen. */
    void listen(Client client, Client.Listening wanted, Optional<Long> since) {
        client.listen(wanted);
        long now;
        synchronized (live) {
            now = position;
            if (!wanted.has("trade_updates")) {
                following.remove(client);
            } else if (since.isEmpty()) {
                following.add(client);
            }
        }
        client.send(messages.listening(wanted.streams().stream().sorted().toList(), now));
        if (wanted.has("trade_updates") && since.isPresent() && !following.contains(client)) {
            catchUps.execute(() -> resume(client, since.get()));
        }
    }

    private void resume(Client client, long since) {
        long last = tape.lastNumber();
        if (since > last || last - since > MAX_CATCH_UP) {
            String why = since > last ? "the cursor is not of this tape" : "the cursor is too old";
            synchronized (live) {
                client.send(messages.gap(since, position, why));
                following.add(client);
            }
            return;
        }
        try (TapeReader reader = tape.open(since + 1)) {
            TapeListener sender = new ToOne(client);
            while (reader.nextNumber() <= reached()) {
                reader.poll(sender, CATCH_UP_BATCH, Duration.ofMillis(BEAT_MS));
            }
            synchronized (live) {
                while (reader.nextNumber() <= position) {
                    reader.poll(sender, CATCH_UP_BATCH, Duration.ofMillis(BEAT_MS));
                }
                following.add(client);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a client cannot resume after event {}; it is let go to try again", since, e);
            client.drop("the tape cannot be read now");
        }
    }

    private long reached() {
        synchronized (live) {
            return position;
        }
    }

    private void send(Client client, OrderEvent event, String text) {
        if (client.sendEvent(event.header().number(), text)) {
            metrics.streamed("trade_updates");
        }
    }

    private static boolean concerns(Client client, OrderEvent event) {
        return event.kind() != OrderEventKind.RESUMED
                && client.account().equals(Optional.of(event.order().account()))
                && client.listening().has("trade_updates");
    }

    private void beat() {
        try {
            beats++;
            Map<UUID, String> texts = new HashMap<>();
            for (Client client : clients) {
                tell(client, texts);
                if (client.caller().isEmpty() && client.ageMs() > AUTHENTICATE_WITHIN_MS) {
                    client.drop("nobody authenticated in time");
                } else if (beats % RECHECK_BEATS == 0) {
                    recheck(client);
                }
            }
        } catch (RuntimeException e) {
            // a beat that fails must not stop the beats after it
            LOG.warn("streams could not be served at this beat", e);
        }
    }

    private void tell(Client client, Map<UUID, String> texts) {
        Client.Listening wanted = client.listening();
        if (client.account().isPresent() && wanted.has("portfolio")) {
            String text = texts.computeIfAbsent(
                    client.account().get(),
                    id -> portfolio.account(id).map(messages::portfolio).orElse(""));
            if (!text.isEmpty() && client.sendPortfolio(text)) {
                metrics.streamed("portfolio");
            }
        }
        if (client.caller().isPresent() && wanted.has("quotes")) {
            for (String symbol : wanted.symbols()) {
                prices.quote(symbol).filter(client::wants).ifPresent(quote -> {
                    client.send(messages.quote(quote));
                    metrics.streamed("quotes");
                });
            }
        }
    }

    /** Credentials may have expired or been revoked since the stream was opened. */
    private void recheck(Client client) {
        try {
            Optional<Authentication> answer = client.credentials().map(callers::authenticate);
            if (answer.isPresent()
                    && answer.get().caller().isEmpty()
                    && answer.get().retryAfterSeconds() == 0) {
                client.drop("the credentials are no longer good");
            }
        } catch (UnavailableException e) {
            LOG.debug("identity is away, credentials of streams are checked at a later beat", e);
        }
    }

    private static ScheduledExecutorService threads(String name, int count) {
        return Executors.newScheduledThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Everything, to everybody whom it concerns. */
    private final class Follow implements TapeFollower.Batch {
        @Override
        public void begin() {
            // nothing is collected: an event that is delivered twice is sent once, by its number
        }

        @Override
        public void commit() {
            // nothing is kept back
        }

        @Override
        public void onOrder(OrderEvent event) {
            synchronized (live) {
                if (event.header().number() > position) {
                    metrics.orderEvent(event.kind().name());
                }
                position = Math.max(position, event.header().number());
                String text = "";
                for (Client client : following) {
                    if (concerns(client, event)) {
                        text = text.isEmpty() ? messages.tradeUpdate(event) : text;
                        send(client, event, text);
                    }
                }
            }
        }

        @Override
        public void onKeyRevoked(KeyRevoked event) {
            for (Client client : clients) {
                if (client.caller().flatMap(Caller::keyId).equals(Optional.of(event.keyId()))) {
                    client.drop("the key was revoked");
                }
            }
        }
    }

    /** Earlier events, to one client that resumes. */
    private final class ToOne implements TapeListener {
        private final Client client;

        ToOne(Client client) {
            this.client = client;
        }

        @Override
        public void onOrder(OrderEvent event) {
            if (concerns(client, event)) {
                send(client, event, messages.tradeUpdate(event));
            }
        }
    }
}
