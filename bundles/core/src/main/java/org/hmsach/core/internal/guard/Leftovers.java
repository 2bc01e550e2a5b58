package org.hmsach.core.internal.guard;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stopped bundles left behind. A thread is known by the classes on its stack, or by its class loader. No OSGi. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    /** A module may take a moment to end its threads. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** More class loaders of one module than this are worth a word. */
    private static final int LOADERS = 10;

    /**
     * A bundle that stopped.
     *
     * @param name    symbolic name and version
     * @param loader  its class loader
     * @param classes names of its classes; empty when another version of it runs, whose threads look the same
     */
    record Stopped(String name, WeakReference<ClassLoader> loader, Set<String> classes, long sinceNanos) {}

    private record Left(WeakReference<Thread> thread, String line) {}

    private final Queue<Stopped> waiting = new ConcurrentLinkedQueue<>();
    private final Set<Left> threads = ConcurrentHashMap.newKeySet();
    private final Map<String, List<WeakReference<ClassLoader>>> loaders = new TreeMap<>();

    void stopped(Stopped bundle) {
        waiting.add(bundle);
    }

    /** The bundle will not come back with this class loader. */
    synchronized void retired(String symbolicName, ClassLoader loader) {
        loaders.computeIfAbsent(symbolicName, name -> new ArrayList<>()).add(new WeakReference<>(loader));
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
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            boolean byLoader = loader != null
                    && (thread.getContextClassLoader() == loader
                            || thread.getClass().getClassLoader() == loader);
            boolean byClass =
                    List.of(stack).stream().anyMatch(frame -> bundle.classes().contains(frame.getClassName()));
            if (byLoader || byClass) {
                String line = "thread " + thread.getName() + " of " + bundle.name() + " runs on though it was stopped";
                LOG.error("{}: it keeps the classes of that version in memory until the process restarts", line);
                threads.add(new Left(new WeakReference<>(thread), line));
            }
        });
    }

    /** A line each. */
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        threads.forEach(one -> lines.add(one.line()));
        loaders.forEach((name, of) -> {
            of.removeIf(one -> one.get() == null);
            if (of.size() > LOADERS) {
                lines.add(of.size() + " replaced versions of " + name
                        + " are still in memory; it leaks when that stays so after a collection (jcmd PID GC.run)");
            }
        });
        return lines;
    }
}
