package org.hmsach.core.internal.guard;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stopped bundles left behind. A thread is known by the classes on its stack, or by its class loader. No OSGi. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    /** A module may take a moment to end its threads. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final StackTraceElement[] NO_STACK = {};
    /** More class loaders of one module than this are worth a word. */
    private static final int LOADERS = 10;

    /**
     * A bundle that stopped.
     *
     * @param symbolicName symbolic name
     * @param version      version
     * @param loader       its class loader
     * @param classes      names of its classes
     */
    record Stopped(
            String symbolicName,
            String version,
            WeakReference<ClassLoader> loader,
            Set<String> classes,
            long sinceNanos) {}

    private record Left(WeakReference<Thread> thread, String line) {}

    private final Function<String, Set<ClassLoader>> active;
    private final Queue<Stopped> waiting = new ConcurrentLinkedQueue<>();
    private final Set<Left> threads = ConcurrentHashMap.newKeySet();
    private final Map<String, List<WeakReference<ClassLoader>>> loaders = new TreeMap<>();

    /** @param active class loaders of the bundles of a symbolic name that run, start or stop */
    Leftovers(Function<String, Set<ClassLoader>> active) {
        this.active = active;
    }

    synchronized void stopped(Stopped bundle) {
        waiting.add(bundle);
        List<WeakReference<ClassLoader>> of = loaders.computeIfAbsent(bundle.symbolicName(), name -> new ArrayList<>());
        if (of.stream().noneMatch(one -> one.get() == bundle.loader().get())) {
            of.add(bundle.loader());
        }
    }

    /** Looks for threads of bundles that stopped some seconds ago. */
    void look() {
        threads.removeIf(one -> {
            Thread thread = one.thread().get();
            return thread == null || !thread.isAlive();
        });
        Stopped next = waiting.peek();
        while (next != null && System.nanoTime() - next.sinceNanos() > GRACE_NANOS) {
            waiting.remove(next);
            search(next);
            next = waiting.peek();
        }
    }

    private void search(Stopped bundle) {
        ClassLoader loader = bundle.loader().get();
        Set<ClassLoader> running = active.apply(bundle.symbolicName());
        if (loader != null && running.contains(loader)) {
            return; // it was started again: its threads are its own
        }
        // threads of another version have classes of the same names, until a moment after it stopped
        boolean alone = running.isEmpty()
                && waiting.stream().noneMatch(later -> later.symbolicName().equals(bundle.symbolicName()));
        Set<String> classes = alone ? bundle.classes() : Set.of();
        threads(!classes.isEmpty()).forEach((thread, stack) -> {
            boolean byLoader = loader != null
                    && (thread.getContextClassLoader() == loader
                            || thread.getClass().getClassLoader() == loader);
            if (byLoader || Stream.of(stack).anyMatch(frame -> classes.contains(frame.getClassName()))) {
                String line = "thread " + thread.getName() + " of " + bundle.symbolicName() + ' ' + bundle.version()
                        + " runs on though it was stopped";
                LOG.error("{}: it keeps the classes of that version in memory until the process restarts", line);
                threads.add(new Left(new WeakReference<>(thread), line));
            }
        });
    }

    /** All threads; stacks only where they are needed, for all threads stand still while they are taken. */
    private static Map<Thread, StackTraceElement[]> threads(boolean withStacks) {
        if (withStacks) {
            return Thread.getAllStackTraces();
        }
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        Thread[] found = new Thread[0];
        int count = 0;
        while (count == found.length) { // full: there may be more
            found = new Thread[2 * top.activeCount() + 16];
            count = top.enumerate(found);
        }
        Map<Thread, StackTraceElement[]> all = new HashMap<>();
        for (int i = 0; i < count; i++) {
            all.put(found[i], NO_STACK);
        }
        return all;
    }

    /** A line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        threads.forEach(one -> lines.add(one.line()));
        inMemory().forEach((name, count) -> {
            if (count > LOADERS) {
                lines.add(count + " replaced versions of " + name
                        + " are still in memory; it leaks when that stays so after a collection (jcmd PID GC.run)");
            }
        });
        return lines;
    }

    /** How many class loaders there still are of bundles that stopped and were not started again, by symbolic name. */
    synchronized Map<String, Integer> inMemory() {
        Map<String, Integer> counts = new TreeMap<>();
        loaders.forEach((name, of) -> {
            of.removeIf(one -> one.get() == null);
            Set<ClassLoader> running = active.apply(name);
            int count = (int)
                    of.stream().filter(one -> !running.contains(one.get())).count();
            if (count > 0) {
                counts.put(name, count);
            }
        });
        return counts;
    }
}
