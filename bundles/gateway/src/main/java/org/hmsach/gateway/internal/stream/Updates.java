package org.hmsach.gateway.internal.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hmsach.api.tape.Events.KeyRevoked;
import org.hmsach.api.tape.Events.OrderEvent;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeFollower;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.hmsach.gateway.internal.clock.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of orders. The tape is followed once for all clients that are up to date; an event is encoded once and given
 * to those whose account it concerns. A client that resumes, or whose queue is full, is led after by a reader of its
 * own at its own pace until it is up to date: it misses nothing and slows nobody.
 */
final class Updates implements TapeFollower.Batch {
    static final String STREAM = "trade_updates";

    private static final Logger LOG = LoggerFactory.getLogger(Updates.class);
    /** Further behind than this a client is told of a gap and reads the lists instead. */
    private static final long MAX_BEHIND = 500_000;
    /** Events that are given to all clients at once. */
    private static final int FAN_OUT = 64;

    private static final int STEP = 64;
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long PAUSE_MS = 50;
    private static final long RETRY_MS = 500;
    private static final int MAX_FAILURES = 20;

    private final Tape tape;
    private final Messages messages;
    private final Metrics metrics;
    private final ScheduledExecutorService readers;
    private final Consumer<String> onKeyRevoked;
    private final List<OrderEvent> batch = new ArrayList<>();
    private final Object live = new Object();
    private final Map<UUID, Set<Client>> following = new ConcurrentHashMap<>();
    private final Map<Client, Chase> behind = new ConcurrentHashMap<>();
    private long position;

    private record Update(long number, Message message) {}

    /**
     * @param readers      threads for clients that are behind
     * @param onKeyRevoked told the id of a key that was revoked
     */
    Updates(
            Tape tape,
            Messages messages,
            Metrics metrics,
            ScheduledExecutorService readers,
            Consumer<String> onKeyRevoked) {
        this.tape = tape;
        this.messages = messages;
        this.metrics = metrics;
        this.readers = readers;
        this.onKeyRevoked = onKeyRevoked;
        position = tape.lastNumber();
    }

    /** Number of the last event that those who are up to date were given. */
    long position() {
        synchronized (live) {
            return position;
        }
    }

    /**
     * The client gets events from now on.
     *
     * @param since   the last event it has seen; empty: the newest one
     * @param confirm told the number after which events come, before any comes
     */
    void join(Client client, Optional<Long> since, Consumer<Long> confirm) {
        synchronized (live) {
            confirm.accept(position);
            if (!client.isOpen() || behind.containsKey(client) || isFollowing(client)) {
                return;
            }
            if (since.isEmpty()) {
                follow(client);
            } else {
                lead(client, since.get());
            }
        }
    }

    /** The client gets no events any more. */
    void leave(Client client) {
        synchronized (live) {
            behind.remove(client);
            client.account()
                    .ifPresent(account -> following.computeIfPresent(account, (same, clients) -> {
                        clients.remove(client);
                        return clients.isEmpty() ? null : clients;
                    }));
        }
    }

    /** Whether the client gets events, now or when it is led up to them. */
    boolean has(Client client) {
        synchronized (live) {
            return behind.containsKey(client) || isFollowing(client);
        }
    }

    private boolean isFollowing(Client client) {
        return client.account()
                .map(account -> following.getOrDefault(account, Set.of()).contains(client))
                .orElse(false);
    }

    private void follow(Client client) {
        client.account().ifPresent(account -> following
                .computeIfAbsent(account, id -> ConcurrentHashMap.newKeySet())
                .add(client));
    }

    private void lead(Client client, long after) {
        Chase chase = new Chase(client, after);
        behind.put(client, chase);
        readers.execute(chase);
    }

    @Override
    public void begin() {
        // what a failed batch left behind is given again: each client takes an event once, by its number
        batch.clear();
    }

    @Override
    public void onOrder(OrderEvent event) {
        batch.add(event);
        if (batch.size() >= FAN_OUT) {
            fanOut();
        }
    }

    @Override
    public void commit() {
        fanOut();
    }

    @Override
    public void onKeyRevoked(KeyRevoked event) {
        onKeyRevoked.accept(event.keyId());
    }

    private void fanOut() {
        if (batch.isEmpty()) {
            return;
        }
        synchronized (live) {
            Map<UUID, List<Update>> byAccount = new LinkedHashMap<>();
            for (OrderEvent event : batch) {
                long number = event.header().number();
                if (number > position) {
                    metrics.orderEvent(event.kind().name());
                    position = number;
                }
                UUID account = event.order().account();
                if (isTold(event) && following.containsKey(account)) {
                    byAccount
                            .computeIfAbsent(account, id -> new ArrayList<>())
                            .add(new Update(number, messages.tradeUpdate(event)));
                }
            }
            byAccount.forEach((account, updates) -> {
                int clients = 0;
                for (Client client : following.get(account)) {
                    give(client, account, updates);
                    clients++;
                }
                metrics.streamed(STREAM, (long) clients * updates.size());
            });
        }
        batch.clear();
    }

    private void give(Client client, UUID account, List<Update> updates) {
        for (Update update : updates) {
            if (!client.addEvent(update.number(), update.message())) {
                following.get(account).remove(client);
                lead(client, update.number() - 1);
                break;
            }
        }
        client.flush();
    }

    private static boolean isTold(OrderEvent event) {
        return event.kind() != OrderEventKind.RESUMED;
    }

    /** Leads one client after, a few events at a time, as fast as its socket takes them. */
    private final class Chase implements Runnable, TapeListener {
        private final Client client;
        private long at;
        private int failures;
        private boolean full;

        Chase(Client client, long after) {
            this.client = client;
            this.at = after;
        }

        @Override
        public void run() {
            long pauseMs;
            try {
                pauseMs = step();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                failures++;
                LOG.warn("a client cannot be led on after event {}", at, e);
                pauseMs = RETRY_MS;
            }
            if (failures > MAX_FAILURES) {
                leave(client);
                client.drop(Client.TRY_LATER, "the tape cannot be read now");
            } else if (pauseMs > 0) {
                readers.schedule(this, pauseMs, TimeUnit.MILLISECONDS);
            }
        }

        /** @return after how many milliseconds to go on, 0: never */
        private long step() throws InterruptedException {
            if (client.isCalm() && isCurrent()) {
                skipWhatIsTooFar();
                try (TapeReader reader = tape.open(at + 1)) {
                    read(reader);
                }
                failures = 0;
            }
            return isCurrent() ? PAUSE_MS : 0;
        }

        private void read(TapeReader reader) throws InterruptedException {
            full = false;
            while (!full && client.isCalm() && !isUpToDate()) {
                reader.poll(this, STEP, PATIENCE);
                at = full ? at : reader.nextNumber() - 1;
                client.flush();
            }
        }

        private boolean isCurrent() {
            return behind.get(client) == this;
        }

        private void skipWhatIsTooFar() {
            long last = tape.lastNumber();
            if (at > last || last - at > MAX_BEHIND) {
                String why = at > last ? "the cursor is not of this tape" : "the cursor is too old";
                client.send(messages.gap(at, last, why));
                at = last;
            }
        }

        private boolean isUpToDate() {
            synchronized (live) {
                if (isCurrent() && at >= position) {
                    behind.remove(client);
                    follow(client);
                }
                return !isCurrent();
            }
        }

        @Override
        public void onOrder(OrderEvent event) {
            if (full
                    || !isTold(event)
                    || !client.account().equals(Optional.of(event.order().account()))) {
                return;
            }
            long number = event.header().number();
            full = !client.addEvent(number, messages.tradeUpdate(event));
            if (full) {
                at = number - 1;
            } else {
                metrics.streamed(STREAM, 1);
            }
        }
    }
}
