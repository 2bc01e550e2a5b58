package org.hmsach.gateway.internal.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generation answers which base path. A change of resources builds the new generation aside, switches with one
 * write into the map and retires the old one; all changes run on one thread, all requests read without a lock. What a
 * version that stands aside would answer with is built when its resources come, not when it is its turn.
 */
public final class Board implements AutoCloseable {
    /**
     * A base path had a change.
     *
     * @param base the base path
     * @param took from the change to the switch
     */
    public record Change(String base, Duration took) {}

    /**
     * A base path that lost its last resource.
     *
     * @param base    the base path
     * @param bundle  symbolic name of the bundle that offered it
     * @param atNanos when, by {@link System#nanoTime()}
     */
    public record Loss(String base, String bundle, long atNanos) {}

    private static final Logger LOG = LoggerFactory.getLogger(Board.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EndpointFactory factory;
    private final LongPredicate serves;
    private final Consumer<Change> listener;
    private final Map<String, Generation> current = new ConcurrentHashMap<>();
    private final Map<String, Loss> losses = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, List<Resource>> offered = new HashMap<>();
    private final Standbys standbys = new Standbys();
    private final AtomicLong switches = new AtomicLong();
    private final AtomicLong pending = new AtomicLong();
    private final ExecutorService work;
    private volatile boolean closed;

    /**
     * @param serves   whether the resources of the bundle of that id are asked: of two versions side by side, one
     * @param listener told of each change
     */
    public Board(EndpointFactory factory, LongPredicate serves, Consumer<Change> listener) {
        this.serves = serves;
        this.factory = factory;
        this.listener = listener;
        work = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "hms-gateway-board");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A resource came; its base is rebuilt soon. */
    public void add(Resource resource) {
        long since = System.nanoTime();
        submit(() -> {
            offered.computeIfAbsent(resource.base(), b -> new ArrayList<>()).add(resource);
            change(List.of(resource.base()), since);
            prepare(resource.base(), resource.bundle());
        });
    }

    /** A resource goes; returns when no request uses it any more, within bounds. */
    public void remove(Resource resource) {
        long since = System.nanoTime();
        await(
                submit(() -> {
                    List<Resource> left = offered.getOrDefault(resource.base(), List.of());
                    left.removeIf(r -> r.id() == resource.id());
                    standbys.drop(resource.base(), resource.bundle());
                    change(List.of(resource.base()), since);
                }),
                resource.name());
    }

    /** Others serve now; returns when no request is in what does not serve any more, within bounds. */
    public void serversChanged() {
        long since = System.nanoTime();
        await(submit(() -> change(List.copyOf(offered.keySet()), since)), "a relieved version");
    }

    private static void await(Future<?> done, String leaving) {
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("requests to {} did not end in time, it goes all the same", leaving, e);
        }
    }

    /** Takes a lease on the generation with the longest base that is a prefix of the path. */
    public Optional<Generation> enter(String path) {
        for (String base = path; !base.isEmpty(); base = parent(base)) {
            Generation generation = current.get(base);
            // a retired one was replaced between the two reads: look again at the same base
            while (generation != null) {
                if (generation.enter()) {
                    return Optional.of(generation);
                }
                Generation newer = current.get(base);
                generation = newer == generation ? null : newer;
            }
        }
        return Optional.empty();
    }

    /** The longest base that is active and a prefix of the path. */
    public Optional<String> baseOf(String path) {
        for (String base = path; !base.isEmpty(); base = parent(base)) {
            if (current.containsKey(base)) {
                return Optional.of(base);
            }
        }
        return Optional.empty();
    }

    /** The longest base that lost its last resource and is a prefix of the path. */
    public Optional<Loss> lossAt(String path) {
        for (String base = path; !base.isEmpty(); base = parent(base)) {
            Loss loss = losses.get(base);
            if (loss != null) {
                return Optional.of(loss);
            }
        }
        return Optional.empty();
    }

    /** Everything that is active, by base path. */
    public Map<String, List<Resource>> active() {
        Map<String, List<Resource>> all = new TreeMap<>();
        current.forEach((base, generation) -> all.put(base, generation.resources()));
        return all;
    }

    /** Why base paths are not served as they were offered, in their order. */
    public List<String> failures() {
        return List.copyOf(new TreeMap<>(failures).values());
    }

    /** Number of switches so far. */
    public long switches() {
        return switches.get();
    }

    /** Whether all changes told so far are active. */
    public boolean isSettled() {
        return pending.get() == 0;
    }

    /** Returns when no request is under way any more, within bounds. */
    @Override
    public void close() {
        closed = true; // what still waits to be built is not
        Map<String, Generation> last = Map.copyOf(current);
        current.clear();
        work.shutdown();
        standbys.close();
        last.values().forEach(Generation::retire);
        last.forEach(Board::awaitEnd);
    }

    private Future<?> submit(Runnable change) {
        pending.incrementAndGet();
        return work.submit(() -> {
            try {
                if (!closed) {
                    change.run();
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.error("a change of the base paths broke off", e);
            } finally {
                pending.decrementAndGet();
            }
        });
    }

    /** All switch before the first one waits for its last requests. */
    private void change(List<String> bases, long sinceNanos) {
        Map<String, Generation> relieved = new TreeMap<>();
        bases.forEach(base -> rebuild(base, sinceNanos).ifPresent(old -> relieved.put(base, old)));
        relieved.values().forEach(Generation::retire);
        relieved.forEach(Board::awaitEnd);
    }

    /** @return what is relieved and has callers, maybe */
    private Optional<Generation> rebuild(String base, long sinceNanos) {
        List<Resource> wanted =
                effective(base, resource -> serves.test(resource.bundle().id()));
        Optional<Generation> old = Optional.ofNullable(current.get(base));
        if (old.map(generation -> generation.resources().equals(wanted)).orElse(false)) {
            failures.remove(base);
            return Optional.empty();
        }
        boolean empty = wanted.isEmpty();
        Optional<Generation> fresh = empty ? Optional.empty() : create(base, wanted);
        if (empty) {
            failures.remove(base);
            offered.computeIfPresent(base, (path, left) -> left.isEmpty() ? null : left);
        } else if (fresh.isEmpty() && old.map(one -> isOffered(base, one)).orElse(true)) {
            return Optional.empty(); // what is there, if anything, serves on
        }
        fresh.ifPresentOrElse(generation -> put(base, generation), () -> lose(base, old));
        Duration took = Duration.ofNanos(System.nanoTime() - sinceNanos);
        switches.incrementAndGet();
        listener.accept(new Change(base, took));
        LOG.info(
                "{} is served by {} after {} ms",
                base,
                fresh.stream()
                        .flatMap(one -> one.resources().stream())
                        .map(Resource::name)
                        .toList(),
                took.toMillis());
        return old;
    }

    /** Builds what the base would be if that bundle served in place of the others of its name. */
    private void prepare(String base, Resource.Offering aside) {
        if (serves.test(aside.id())) {
            return;
        }
        List<Resource> wanted = effective(
                base,
                resource -> resource.bundle().name().equals(aside.name())
                        ? resource.bundle().id() == aside.id()
                        : serves.test(resource.bundle().id()));
        try {
            standbys.put(base, aside, new Generation(wanted, factory.create(base, wanted)));
        } catch (RuntimeException | LinkageError e) { // tried again, and noted, when it is its turn
            LOG.warn("{} could not be served by {}, which stands aside", base, aside.name(), e);
        }
    }

    /** Empty when the resources cannot be served, which is noted. */
    private Optional<Generation> create(String base, List<Resource> wanted) {
        try {
            Generation made =
                    standbys.take(base, wanted).orElseGet(() -> new Generation(wanted, factory.create(base, wanted)));
            failures.remove(base);
            return Optional.of(made);
        } catch (RuntimeException | LinkageError e) { // a module's classes are looked through
            List<String> names = wanted.stream().map(Resource::name).toList();
            LOG.error("{} cannot be served by {}", base, names, e);
            failures.put(base, base + " cannot be served by " + names + ": " + e);
            return Optional.empty();
        }
    }

    private void put(String base, Generation fresh) {
        current.put(base, fresh);
        losses.remove(base);
        if (closed) { // just now: it may have come too late to be retired with the others
            current.remove(base);
            fresh.retire();
        }
    }

    private void lose(String base, Optional<Generation> old) {
        old.ifPresent(generation -> {
            losses.put(
                    base, new Loss(base, generation.resources().get(0).bundle().name(), System.nanoTime()));
            current.remove(base);
        });
    }

    /** Else something in it is a stopped bundle's, and must not be asked. */
    private boolean isOffered(String base, Generation generation) {
        return offered.getOrDefault(base, List.of()).containsAll(generation.resources());
    }

    private static void awaitEnd(String base, Generation old) {
        try {
            if (!old.awaitEnd(DRAIN)) {
                LOG.warn("requests to the earlier generation of {} still run after {}", base, DRAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Resource> effective(String base, Predicate<Resource> counts) {
        Set<String> names = new HashSet<>();
        return offered.getOrDefault(base, List.of()).stream()
                .filter(counts)
                .sorted(Resource::byRanking)
                .filter(resource -> names.add(resource.name()))
                .toList();
    }

    private static String parent(String base) {
        int slash = base.lastIndexOf('/');
        return slash <= 0 ? "" : base.substring(0, slash);
    }
}
