package org.hmsach.core.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final long LONG_AGO = System.nanoTime() - TimeUnit.MINUTES.toNanos(1);

    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final ClassLoader loader = new ClassLoader() {};
    private final Thread poller = new Thread(
            () -> {
                try {
                    began.countDown();
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            },
            "acme-poller");

    @BeforeEach
    void leaveAThread() throws InterruptedException {
        poller.setDaemon(true);
        poller.setContextClassLoader(loader);
        poller.start();
        began.await();
    }

    @AfterEach
    void end() throws InterruptedException {
        released.countDown();
        poller.join();
    }

    @Test
    void namesAThreadByItsLoaderUntilItEnds() throws InterruptedException {
        Leftovers leftovers = new Leftovers(name -> Set.of());
        leftovers.stopped(stopped(Set.of(), LONG_AGO));
        leftovers.look();
        assertEquals(
                List.of("thread acme-poller of com.acme.x 1.0.0 runs on though it was stopped"), leftovers.lines());
        released.countDown();
        poller.join();
        leftovers.look();
        assertEquals(List.of(), leftovers.lines());
    }

    @Test
    void namesAThreadByTheClassesOnItsStack() {
        poller.setContextClassLoader(null);
        Leftovers leftovers = new Leftovers(name -> Set.of());
        leftovers.stopped(stopped(Set.of(LeftoversTest.class.getName()), LONG_AGO));
        leftovers.look();
        assertTrue(
                leftovers.lines().stream().anyMatch(line -> line.contains("acme-poller")), leftovers.lines()::toString);
    }

    @Test
    void blamesNobodyWhoWasStartedAgain() {
        Leftovers leftovers = new Leftovers(name -> Set.of(loader));
        leftovers.stopped(stopped(Set.of(LeftoversTest.class.getName()), LONG_AGO));
        leftovers.look();
        assertEquals(List.of(), leftovers.lines());
    }

    @Test
    void blamesNoOtherVersionForItsClassNames() {
        poller.setContextClassLoader(null);
        Leftovers leftovers = new Leftovers(name -> Set.of(new ClassLoader() {}));
        leftovers.stopped(stopped(Set.of(LeftoversTest.class.getName()), LONG_AGO));
        leftovers.look();
        assertEquals(List.of(), leftovers.lines());
    }

    @Test
    void blamesNoOlderVersionForThreadsOfOneThatHasJustStopped() {
        poller.setContextClassLoader(null);
        Leftovers leftovers = new Leftovers(name -> Set.of());
        Set<String> classes = Set.of(LeftoversTest.class.getName());
        leftovers.stopped(stopped(classes, LONG_AGO));
        leftovers.stopped(stopped(classes, System.nanoTime()));
        leftovers.look();
        assertEquals(List.of(), leftovers.lines());
    }

    @Test
    void givesAModuleAMomentToEndItsThreads() {
        Leftovers leftovers = new Leftovers(name -> Set.of());
        leftovers.stopped(stopped(Set.of(), System.nanoTime()));
        leftovers.look();
        assertEquals(List.of(), leftovers.lines());
    }

    @Test
    void countsClassLoadersOfVersionsThatDoNotRun() {
        Set<ClassLoader> running = new HashSet<>();
        Leftovers leftovers = new Leftovers(name -> running);
        leftovers.stopped(stopped(Set.of(), LONG_AGO));
        leftovers.stopped(stopped(Set.of(), LONG_AGO));
        assertEquals(Map.of("com.acme.x", 1), leftovers.inMemory());
        running.add(loader);
        assertEquals(Map.of(), leftovers.inMemory(), "it was started again");
    }

    private Leftovers.Stopped stopped(Set<String> classes, long sinceNanos) {
        return new Leftovers.Stopped("com.acme.x", "1.0.0", new WeakReference<>(loader), classes, sinceNanos);
    }
}
