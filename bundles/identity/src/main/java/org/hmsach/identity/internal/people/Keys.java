package org.hmsach.identity.internal.people;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.api.identity.Caller;
import org.hmsach.identity.internal.secret.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API keys in SQL, with a copy of all of them in memory, since every trading request looks one up. A change made here
 * shows at once, one made by another process or bundle version within a second while the database answers. Thread-safe.
 */
@Component(service = Keys.class)
public final class Keys {
    private static final Logger LOG = LoggerFactory.getLogger(Keys.class);
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final long WAIT_MS = 200;
    private static final long NEVER = -1;

    /** A key ready to be compared. */
    public record Ready(ApiKey key, byte[] secretHash, Caller caller, boolean disabled) {}

    /** What is shown once. */
    public record Made(ApiKey key, String secret) {}

    private record Copy(long changes, Map<String, Ready> keys) {}

    private final IdentityStore store;
    private final Secrets secrets = new Secrets();
    private final AtomicLong looked = new AtomicLong(System.nanoTime());
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ExecutorService looker = looker();
    private volatile Copy copy = new Copy(NEVER, Map.of());

    @Activate
    public Keys(@Reference IdentityStore store) {
        this.store = store;
    }

    /** Ends the thread that looks for changes. */
    @Deactivate
    public void close() {
        looker.shutdownNow();
    }

    /** The key from memory. */
    public Optional<Ready> find(String id) {
        lookForChanges();
        return Optional.ofNullable(copy.keys().get(id));
    }

    /** Makes a key. @param expiresMs milliseconds since 1970 UTC; 0: never */
    public Made make(Person person, UUID account, String name, long nowMs, long expiresMs) {
        String secret = secrets.token();
        ApiKey key = new ApiKey(secrets.keyId(), Secrets.hexHash(secret), person.id(), account, name, nowMs, expiresMs);
        long changes = store.change(em -> {
            em.persist(new KeyRow(key));
            return IdentityStore.changes(em);
        });
        added(changes, ready(key, person));
        return new Made(key, secret);
    }

    /** Keys of a person, oldest first. */
    public List<ApiKey> of(UUID person) {
        return store.read(em -> em.createQuery(
                        "select k from KeyRow k where k.person = :person order by k.createdMs", KeyRow.class)
                .setParameter("person", person.toString())
                .getResultStream()
                .map(KeyRow::key)
                .toList());
    }

    /** The key from SQL. */
    public Optional<ApiKey> byId(String id) {
        return store.read(em -> Optional.ofNullable(em.find(KeyRow.class, id)).map(KeyRow::key));
    }

    /** Reads all keys where nobody has yet: the callers of a new version need not wait for it. */
    public synchronized void warmUp() {
        if (copy.changes() == NEVER) {
            reload();
        }
    }

    /** Reads all keys again; called after a change of a person. */
    public synchronized void reload() {
        copy = store.read(em -> {
            // the number first: a change in between is then seen as new, never missed
            long changes = IdentityStore.changes(em);
            Map<String, Ready> keys = new ConcurrentHashMap<>();
            em.createQuery("select k, p from KeyRow k, PersonRow p where k.person = p.id", Object[].class)
                    .getResultStream()
                    .map(row -> ready(((KeyRow) row[0]).key(), ((PersonRow) row[1]).person()))
                    .forEach(ready -> keys.put(ready.key().id(), ready));
            return new Copy(changes, keys);
        });
    }

    /**
     * Once a second somebody looks, and waits for the look a moment: a database that is away or slow must not hold up
     * those who trade.
     */
    private void lookForChanges() {
        if (copy.changes() == NEVER) {
            warmUp();
            return;
        }
        long last = looked.get();
        long now = System.nanoTime();
        if (now - last <= LOOK_NANOS || !looked.compareAndSet(last, now) || !looking.compareAndSet(false, true)) {
            return;
        }
        try {
            looker.submit(this::look).get(WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LOG.debug("keys are being closed", e);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("keys are taken from memory while the database is away: {}", e.toString());
        }
    }

    private void look() {
        try {
            if (store.changes() != copy.changes()) {
                reload();
            }
        } finally {
            looking.set(false);
        }
    }

    private static ExecutorService looker() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "hms-identity-keys");
            thread.setContextClassLoader(Keys.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        });
    }

    private synchronized void added(long changes, Ready ready) {
        Copy now = copy;
        if (now.changes() == changes - 1) {
            now.keys().put(ready.key().id(), ready);
            copy = new Copy(changes, now.keys());
        } else {
            reload();
        }
    }

    private static Ready ready(ApiKey key, Person person) {
        Caller caller = new Caller(
                person.id(), person.login(), person.roles(), Optional.of(key.account()), Optional.of(key.id()));
        return new Ready(key, HexFormat.of().parseHex(key.secretHash()), caller, person.disabled());
    }
}
