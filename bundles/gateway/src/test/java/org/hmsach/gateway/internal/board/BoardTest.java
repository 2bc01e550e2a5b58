package org.hmsach.gateway.internal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a base path whose resources cannot be served. */
class BoardTest {
    private static final String BASE = "/v2/things";

    private final AtomicReference<Throwable> broken = new AtomicReference<>();
    private final CxfEndpoints endpoints = new CxfEndpoints(this::providers);
    private final Board board = new Board(endpoints, bundle -> true, change -> {});

    private List<Object> providers() {
        if (broken.get() instanceof LinkageError error) {
            throw error;
        }
        if (broken.get() instanceof RuntimeException exception) {
            throw exception;
        }
        return List.of();
    }

    @AfterEach
    void stop() {
        board.close();
        endpoints.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isToldOfAndTriedAgainWithTheNextChange(boolean linkage) {
        breakDown(linkage);
        Resource first = offer("things", 1);
        assertTrue(board.failures().get(0).startsWith(BASE + " cannot be served by [things]"), "" + board.failures());
        assertEquals(Map.of(), board.active());
        broken.set(null);
        Resource second = offer("more", 2);
        assertEquals(List.of(), board.failures());
        assertEquals(Map.of(BASE, List.of(second, first)), board.active());
    }

    @Test
    void keepsTheEarlierResourcesWhileTheyAreOffered() {
        Resource first = offer("things", 1);
        breakDown(true);
        Resource second = offer("things", 2);
        assertEquals(Map.of(BASE, List.of(first)), board.active());
        assertFalse(board.failures().isEmpty());
        board.remove(second);
        assertEquals(List.of(), board.failures(), "what is offered is served");
        assertTrue(board.lossAt(BASE).isEmpty());
    }

    @Test
    void keepsNothingOfABundleThatIsGone() {
        Resource first = offer("things", 1);
        breakDown(true);
        offer("other", 2);
        Generation kept = board.enter(BASE).orElseThrow();
        kept.leave();
        board.remove(first);
        assertEquals(Map.of(), board.active());
        assertFalse(kept.enter(), "it is retired");
        assertEquals("bundle.1", board.lossAt(BASE).orElseThrow().bundle(), "callers are told to come again");
        assertFalse(board.failures().isEmpty());
        broken.set(null);
        offer("third", 3);
        assertTrue(board.lossAt(BASE).isEmpty());
        assertEquals(List.of(), board.failures());
    }

    @Test
    void buildsNothingMoreOnceItIsClosed() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        BlockingQueue<Thread> builders = new LinkedBlockingQueue<>();
        try (CxfEndpoints slow = new CxfEndpoints(() -> {
            builders.add(Thread.currentThread());
            return wait(goOn);
        })) {
            Board closing = new Board(slow, bundle -> true, change -> {});
            closing.add(resource("first", BASE, 1));
            closing.add(resource("second", "/v2/others", 2));
            Thread builder = builders.take();
            closing.close();
            goOn.countDown();
            builder.join();
            assertEquals(0, builders.size(), "the second is not built");
            assertEquals(Map.of(), closing.active());
        }
    }

    @Test
    void buildsWhatStandsAsideBeforeItsTurn() {
        Set<Long> aside = ConcurrentHashMap.newKeySet();
        Counted counted = new Counted();
        Board one = new Board(counted, bundle -> !aside.contains(bundle), change -> {});
        Resource old = version("things", 1);
        one.add(old);
        aside.add(2L);
        Resource fresh = version("things", 2);
        one.add(fresh);
        one.serversChanged();
        assertEquals(Map.of(BASE, List.of(old)), one.active());
        assertEquals(2, counted.made.get(), "both are built");
        aside.add(1L);
        aside.remove(2L);
        one.serversChanged();
        assertEquals(Map.of(BASE, List.of(fresh)), one.active());
        assertEquals(2, counted.made.get(), "nothing was built for the switch");
        assertEquals(1, counted.ended.get(), "the old one has ended");
        one.close();
        assertEquals(2, counted.ended.get());
    }

    @Test
    void endsWhatStoodAsideInVain() {
        Set<Long> aside = ConcurrentHashMap.newKeySet();
        Counted counted = new Counted();
        Board one = new Board(counted, bundle -> !aside.contains(bundle), change -> {});
        one.add(version("things", 1));
        aside.add(2L);
        Resource fresh = version("things", 2);
        one.add(fresh);
        one.remove(fresh);
        assertEquals(1, counted.ended.get(), "its bundle has gone");
        one.add(version("things", 2));
        Resource more = version("more", 1);
        one.add(more);
        aside.add(1L);
        aside.remove(2L);
        one.serversChanged();
        assertEquals(2, one.active().get(BASE).get(0).bundle().id(), "what was built aside is of one version alone");
        aside.add(3L);
        one.add(version("things", 3));
        one.close();
        assertEquals(counted.made.get(), counted.ended.get());
    }

    private static Resource version(String name, long bundle) {
        return new Resource(name, BASE, 0, bundle, new Resource.Offering(bundle, "module"), new Things());
    }

    private static final class Counted implements EndpointFactory {
        final AtomicLong made = new AtomicLong();
        final AtomicLong ended = new AtomicLong();

        @Override
        public Generation.Endpoint create(String base, List<Resource> resources) {
            made.incrementAndGet();
            return new Generation.Endpoint() {
                @Override
                public void invoke(HttpServletRequest request, HttpServletResponse response) {
                    throw new IllegalStateException("nobody calls it");
                }

                @Override
                public void destroy() {
                    ended.incrementAndGet();
                }
            };
        }
    }

    private static List<Object> wait(CountDownLatch goOn) {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    private void breakDown(boolean linkage) {
        broken.set(linkage ? new NoClassDefFoundError("gone") : new IllegalStateException("no"));
    }

    private static Resource resource(String name, String base, long id) {
        return new Resource(name, base, (int) id, id, new Resource.Offering(id, "bundle." + id), new Things());
    }

    private Resource offer(String name, long id) {
        Resource resource = resource(name, BASE, id);
        board.add(resource);
        board.serversChanged(); // returns when what was told before is done
        return resource;
    }

    /** Any resource. */
    @Path("")
    public static final class Things {
        @GET
        @Produces("application/json")
        public String read() {
            return "{}";
        }
    }
}
