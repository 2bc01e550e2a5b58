package org.hmsach.gateway.internal.stream;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.TapeFollower;
import org.hmsach.gateway.internal.clock.Metrics;
import org.hmsach.gateway.internal.guard.Callers;
import org.hmsach.gateway.internal.json.StrictJson;
import org.hmsach.gateway.internal.trading.Desk;
import org.hmsach.gateway.internal.trading.Valuation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All clients: what changes too fast for every change is sent at a steady beat, events of the tape at once. */
@Component(service = Hub.class, configurationPid = "org.hmsach.gateway.stream")
@Designate(ocd = Hub.Config.class)
public final class Hub {
    /** Settings. */
    @ObjectClassDefinition(name = "Streams")
    public @interface Config {
        @AttributeDefinition(description = "most streams open at once")
        int clients_max() default 12_000;

        @AttributeDefinition(description = "most streams of one person open at once")
        int person_max() default 32;

        @AttributeDefinition(description = "most messages of one client that wait for its socket")
        int queue_messages() default 1_000;

        @AttributeDefinition(description = "milliseconds from one portfolio or quote to the next")
        int beat_ms() default 250;
    }

    /** The settings as values. */
    record Limits(int clients, int perPerson, int queueMessages, int beatMs) {
        Limits {
            if (clients < 1 || perPerson < 1 || queueMessages < 16 || beatMs < 1) {
                throw new IllegalArgumentException("clients.max " + clients + ", person.max " + perPerson
                        + " and beat.ms " + beatMs + " must be 1 or more, queue.messages " + queueMessages
                        + " 16 or more");
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final long AUTHENTICATE_WITHIN_MS = 10_000;
    private static final long STUCK_MS = 30_000;
    private static final long RECHECK_MS = 15_000;

    private final Callers callers;
    private final Metrics metrics;
    private final Limits limits;
    private final Messages messages;
    private final Quotes quotes;
    private final Portfolios portfolios;
    private final People people;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Updates updates;
    private final TapeFollower follower;
    private volatile boolean closed;
    private final ScheduledExecutorService beat = threads("hms-stream-beat", 1);
    private final ScheduledExecutorService checks = threads("hms-stream-check", 1);
    private final ScheduledExecutorService readers = threads("hms-stream-resume", 2);

    @Activate
    public Hub(@Reference Desk desk, @Reference Callers callers, @Reference Metrics metrics, Config config) {
        this(
                desk,
                callers,
                metrics,
                new Limits(config.clients_max(), config.person_max(), config.queue_messages(), config.beat_ms()));
    }

    Hub(Desk desk, Callers callers, Metrics metrics, Limits limits) {
        this.callers = callers;
        this.metrics = metrics;
        this.limits = limits;
        Valuation valuation = new Valuation(desk.portfolio(), desk.prices());
        messages = new Messages(new StrictJson(), desk.portfolio(), valuation);
        quotes = new Quotes(desk.prices(), messages);
        portfolios = new Portfolios(desk.portfolio(), valuation, messages);
        people = new People(limits.perPerson());
        updates = new Updates(desk.tape(), messages, metrics, readers, this::revoked);
        follower = new TapeFollower("hms-stream-tape", desk.tape(), updates.position() + 1, updates);
        beat.scheduleAtFixedRate(this::beat, limits.beatMs(), limits.beatMs(), TimeUnit.MILLISECONDS);
        checks.scheduleWithFixedDelay(this::check, 1, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    void close() {
        closed = true;
        follower.close();
        beat.shutdownNow();
        checks.shutdownNow();
        readers.shutdownNow();
        clients.forEach(this::sendAway);
    }

    Messages messages() {
        return messages;
    }

    Callers callers() {
        return callers;
    }

    Limits limits() {
        return limits;
    }

    /** A client connected; one too many is told so and let go. */
    void add(Client client) {
        if (clients.add(client)) {
            metrics.streamCount(1);
        }
        // looked at when it is among the clients: else the closing hub may have gone through them before
        if (closed) {
            sendAway(client);
            return;
        }
        if (clients.size() > limits.clients()) {
            client.send(messages.error("more than " + limits.clients() + " streams are open"));
            client.drop(Client.TRY_LATER, "more than " + limits.clients() + " streams are open");
        }
    }

    private void sendAway(Client client) {
        client.drop(Client.TRY_LATER, "the gateway is being replaced");
        remove(client);
    }

    void remove(Client client) {
        client.end();
        updates.leave(client);
        if (clients.remove(client)) {
            people.left(client);
            metrics.streamCount(-1);
        }
    }

    /** The client is this caller from now on. @return false when the person has too many streams */
    boolean admit(Client client, Caller caller, Credentials credentials) {
        boolean joined = updates.has(client);
        updates.leave(client);
        boolean admitted = people.admit(client, caller, credentials);
        if (!admitted) {
            client.send(messages.error("more than " + people.limit() + " streams of one person are open"));
        }
        if (joined) {
            updates.join(client, Optional.empty(), position -> {});
        }
        return admitted;
    }

    /** The client listens to something else from now on; {@code since} is the last event it has seen. */
    void listen(Client client, Client.Listening wanted, Optional<Long> since) {
        client.listen(wanted, wanted.has("quotes") ? quotes.subscribe(wanted.symbols()) : Quotes.Subscription.NONE);
        if (wanted.has(Updates.STREAM)) {
            updates.join(client, since, position -> confirm(client, wanted, position));
        } else {
            updates.leave(client);
            confirm(client, wanted, updates.position());
        }
    }

    private void confirm(Client client, Client.Listening wanted, long position) {
        client.send(messages.listening(wanted.streams().stream().sorted().toList(), position));
    }

    private void revoked(String keyId) {
        for (Client client : clients) {
            if (client.caller().flatMap(Caller::keyId).equals(Optional.of(keyId))) {
                client.drop(Client.NOT_ALLOWED, "the key was revoked");
            }
        }
    }

    private void beat() {
        try {
            quotes.nextBeat();
            portfolios.nextBeat();
            long portfoliosSent = 0;
            long quotesSent = 0;
            for (Client client : clients) {
                if (client.caller().isPresent()) {
                    portfoliosSent += addPortfolio(client) ? 1 : 0;
                    quotesSent += quotes.addNews(client, client.quotes());
                    client.flush();
                }
            }
            metrics.streamed("portfolio", portfoliosSent);
            metrics.streamed("quotes", quotesSent);
        } catch (RuntimeException e) {
            // a beat that fails must not stop the beats after it
            LOG.warn("streams could not be served at this beat", e);
        }
    }

    private boolean addPortfolio(Client client) {
        return client.listening().has("portfolio")
                && client.isIdle()
                && client.account()
                        .flatMap(portfolios::of)
                        .filter(client::addPortfolio)
                        .isPresent();
    }

    /** Every second: whose socket takes nothing, who did not say who it is, whose credentials are no longer good. */
    private void check() {
        try {
            for (Client client : clients) {
                if (client.isStuck(STUCK_MS)) {
                    client.abort();
                } else if (client.caller().isEmpty() && client.ageMs() > AUTHENTICATE_WITHIN_MS) {
                    client.drop(Client.NOT_ALLOWED, "nobody authenticated in time");
                } else if (client.isDue(RECHECK_MS)) {
                    recheck(client);
                }
            }
        } catch (RuntimeException e) {
            // a check that fails must not stop the checks after it
            LOG.warn("streams could not be checked", e);
        }
    }

    private void recheck(Client client) {
        try {
            Optional<Authentication> answer = client.credentials().map(callers::authenticate);
            if (answer.isPresent()
                    && answer.get().caller().isEmpty()
                    && answer.get().retryAfterSeconds() == 0) {
                client.drop(Client.NOT_ALLOWED, "the credentials are no longer good");
            }
        } catch (UnavailableException e) {
            LOG.debug("identity is away, credentials of streams are checked later", e);
        }
    }

    private static ScheduledExecutorService threads(String name, int count) {
        return Executors.newScheduledThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
