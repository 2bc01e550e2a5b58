package org.hmsach.conformance;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/** Starts, stops, updates, and what is left after them. */
final class Life {
    private static final int TIMES = 50;
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final long LOOK_MS = 20;
    private static final int CALLERS = 4;
    private static final int CALLS_BEFORE = 40;
    private static final Set<String> RUNTIMES_OWN = Set.of("CM ", "SCR", "Felix", Timed.THREADS);

    private final Box box;
    private final Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());

    Life(Box box) {
        this.box = box;
    }

    Line starts() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        within("start", () -> start(), problems);
        List<String> names = box.offers().stream()
                .map(one -> one.exercise().spi().getSimpleName())
                .toList();
        return Line.of("start", problems, "offers " + names);
    }

    Line startsAndStops() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (int i = 1; i <= TIMES && problems.isEmpty(); i++) {
            int time = i;
            within("stop " + time, () -> box.bundle().stop(), problems);
            if (problems.isEmpty() && !box.offers().isEmpty()) {
                problems.add("its services are still there after stop " + time);
            }
            within("start " + time, () -> start(), problems);
        }
        return Line.of("starts and stops", problems, TIMES + " of " + TIMES);
    }

    /** While others call, it is stopped: calls come back, with an answer or an error, and so does the stop. */
    Line drains() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (Box.Offer offer : box.offers()) {
            Object service = box.context().getService(offer.reference());
            AtomicBoolean stopping = new AtomicBoolean();
            AtomicInteger calls = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(caller(offer.exercise(), service, stopping, calls));
            }
            await(Duration.ofSeconds(20), () -> calls.get() >= CALLS_BEFORE);
            within("stop under load", () -> box.bundle().stop(), problems);
            stopping.set(true);
            for (Thread caller : callers) {
                caller.join(offer.exercise().deadline().toMillis() + BOUND.toMillis());
                if (caller.isAlive()) {
                    problems.add("a call of " + offer.exercise().spi().getSimpleName() + " did not end");
                    caller.interrupt();
                }
            }
            within("start after load", () -> start(), problems);
            return Line.of("drain under load", problems, "stopped among " + calls.get() + " calls");
        }
        return new Line("drain under load", false, "no service to call");
    }

    private static Thread caller(Exercise exercise, Object service, AtomicBoolean stopping, AtomicInteger calls) {
        Thread thread = new Thread(
                () -> {
                    while (!stopping.get()) {
                        try {
                            exercise.once(service, calls.incrementAndGet());
                        } catch (InterruptedException e) {
                            return;
                        } catch (Exception | LinkageError e) {
                            calls.incrementAndGet(); // a service that goes may say so
                        }
                    }
                },
                Timed.THREADS + "caller");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    Line classLoaders() throws InterruptedException, IOException {
        List<String> problems = new ArrayList<>();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 1; i <= TIMES && problems.isEmpty(); i++) {
            within(
                    "update " + i,
                    () -> {
                        box.update();
                        start();
                    },
                    problems);
            loaders.add(
                    new WeakReference<>(box.bundle().adapt(BundleWiring.class).getClassLoader()));
        }
        await(Duration.ofSeconds(10), () -> {
            System.gc();
            return alive(loaders) <= 1;
        });
        if (alive(loaders) > 1) {
            problems.add(alive(loaders) + " class loaders are alive after " + loaders.size()
                    + " updates: something outside keeps objects or threads of the bundle");
        }
        return Line.of("class loaders", problems, "1 alive after " + TIMES + " updates");
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(one -> one.get() != null).count();
    }

    Line threads() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        within("stop", () -> box.bundle().stop(), problems);
        await(BOUND, () -> strangers().isEmpty());
        strangers().stream()
                .map(Thread::getName)
                .distinct()
                .forEach(name -> problems.add("thread '" + name + "' runs on after the stop"));
        return Line.of("threads", problems, "none left");
    }

    private List<Thread> strangers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !before.contains(thread))
                .filter(thread -> RUNTIMES_OWN.stream().noneMatch(thread.getName()::contains))
                .filter(thread ->
                        thread.getThreadGroup() == Thread.currentThread().getThreadGroup())
                .toList();
    }

    private void start() throws BundleException, InterruptedException {
        box.bundle().start();
        if (box.bundle().getState() != Bundle.ACTIVE
                || !await(BOUND, () -> !box.offers().isEmpty())) {
            throw new BundleException("it offers no service of a contract within " + BOUND.toSeconds() + " s"
                    + " (is a component waiting for a configuration?)");
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void within(String what, Step step, List<String> problems) throws InterruptedException {
        try {
            Timed.call(BOUND.multipliedBy(2), () -> {
                step.run();
                return what;
            });
        } catch (TimeoutException e) {
            problems.add(what + " took more than " + BOUND.multipliedBy(2).toSeconds() + " s");
        } catch (ExecutionException e) {
            problems.add(what + " failed: " + e.getCause());
        }
    }

    private static boolean await(Duration bound, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return true;
    }
}
