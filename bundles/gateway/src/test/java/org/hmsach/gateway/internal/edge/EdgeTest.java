package org.hmsach.gateway.internal.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.gateway.internal.board.Resource;
import org.hmsach.gateway.internal.guard.CallersForTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EdgeTest {
    private static final String[] KEY = {"APCA-API-KEY-ID", "good", "APCA-API-SECRET-KEY", "secret"};
    private TestEdge edge;

    @BeforeEach
    void start() throws Exception {
        edge = new TestEdge(CallersForTests.of(new OneKey()), Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void sendsARequestToTheResourceOfTheLongestBase() throws Exception {
        edge.offer("/v2/things", "things", 0, new Things("short"));
        edge.offer("/v2/things/deep", "deep", 0, new Things("deep"));
        edge.settle();
        assertEquals("short", edge.object(edge.get("/v2/things", KEY)).get("by"));
        assertEquals("short", edge.object(edge.get("/v2/things/", KEY)).get("by"));
        assertEquals("deep", edge.object(edge.get("/v2/things/deep", KEY)).get("by"));
        assertEquals("a b", edge.object(edge.get("/v2/things/a%20b", KEY)).get("id"));
        edge.awaitKind("GET /v2/things/{id}", 1);
        edge.awaitKind("thing.read", 3);
    }

    @Test
    void answersAPathThatNobodyHasWithAProblem() throws Exception {
        HttpResponse<String> response = edge.get("/v2/nowhere", "X-Request-ID", "my-own-1");
        assertProblem(response, 404, "NOT_FOUND");
        assertEquals("my-own-1", response.headers().firstValue("X-Request-ID").orElseThrow());
        assertEquals("my-own-1", edge.object(response).get("requestId"));
        edge.offer("/v2/things", "things", 0, new Things("x"));
        edge.settle();
        assertProblem(edge.get("/v2/things/a/b/c", KEY), 404, "NOT_FOUND");
        assertProblem(
                edge.send(request("/v2/things", "PUT", "{}"), withType("application/json")), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void namesTheAbsentModule() throws Exception {
        HttpResponse<String> response = edge.get("/v2/assets/SPY");
        assertProblem(response, 503, "MODULE_ABSENT");
        assertTrue(edge.object(response).get("message").toString().startsWith("MODULE_ABSENT: mkt.data"));
        assertTrue(response.headers().firstValue("Retry-After").isEmpty());
    }

    @Test
    void refusesEverythingThatIsNotJson() throws Exception {
        edge.offer("/v2/things", "things", 0, new Things("x"));
        edge.settle();
        String entity = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        for (String type : List.of("application/xml", "text/xml", "application/x-www-form-urlencoded", "text/plain")) {
            HttpResponse<String> response = edge.send(request("/v2/things", "POST", entity), withType(type));
            assertProblem(response, 415, "UNSUPPORTED_MEDIA_TYPE");
            assertFalse(response.body().contains("root:"));
        }
        assertProblem(edge.send(request("/v2/things", "POST", "{}"), KEY), 415, "UNSUPPORTED_MEDIA_TYPE");
        assertProblem(edge.get("/v2/things", with("Accept", "application/xml")), 406, "NOT_ACCEPTABLE");
        assertProblem(edge.get("/v2/things", with("Accept", "text/csv")), 406, "NOT_ACCEPTABLE");
    }

    @Test
    void refusesMalformedAndAmbiguousJson() throws Exception {
        edge.offer("/v2/things", "things", 0, new Things("x"));
        edge.settle();
        for (String body :
                List.of("{", "[]", "{\"qty\":\"1\",\"qty\":\"2\"}", "{} {}", "{\"qty\":NaN}", "{'qty':1}", "\"x\"")) {
            HttpResponse<String> response =
                    edge.send(request("/v2/things", "POST", body), withType("application/json"));
            assertProblem(response, 400, "MALFORMED");
            assertFalse(response.body().contains("java."), response.body());
            assertFalse(response.body().contains("fasterxml"), response.body());
        }
        String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
        assertProblem(edge.send(request("/v2/things", "POST", deep), withType("application/json")), 400, "MALFORMED");
    }

    @Test
    void namesFieldValueAndLimit() throws Exception {
        edge.offer("/v2/things", "things", 0, new Things("x"));
        edge.settle();
        HttpResponse<String> response =
                edge.send(request("/v2/things", "POST", "{\"qty\":-1}"), withType("application/json"));
        assertProblem(response, 422, "INVALID");
        Map<String, Object> problem = edge.object(response);
        assertEquals("qty", problem.get("field"));
        assertEquals("-1", problem.get("value"));
        assertTrue(problem.get("limit").toString().contains("above 0"));
        assertEquals(42_210_000, problem.get("code"));
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        edge.offer("/v2/things", "things", 0, new Things("x"));
        edge.settle();
        String large = "{\"qty\":\"" + "1".repeat(5_000) + "\"}";
        assertProblem(edge.send(request("/v2/things", "POST", large), withType("application/json")), 413, "INVALID");
        HttpRequest.Builder chunked = HttpRequest.newBuilder(edge.uri.resolve("/v2/things"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() ->
                        new java.io.ByteArrayInputStream(large.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertProblem(edge.send(chunked, withType("application/json")), 413, "INVALID");
    }

    @Test
    void letsNobodyInWithoutTheRightCredentialsAndRole() throws Exception {
        edge.offer("/v2/things", "things", 0, new Things("x"));
        edge.settle();
        assertProblem(edge.get("/v2/things"), 401, "NOT_AUTHENTICATED");
        assertProblem(
                edge.get("/v2/things", "APCA-API-KEY-ID", "good", "APCA-API-SECRET-KEY", "x"),
                401,
                "NOT_AUTHENTICATED");
        assertProblem(edge.get("/v2/things/admin/x", KEY), 403, "NOT_AUTHORISED");
        assertEquals(200, edge.get("/v2/things/open/x").statusCode());
        assertEquals(
                200, edge.get("/v2/things/open/x", "APCA-API-KEY-ID", "bad").statusCode());
        assertEquals("alice", edge.object(edge.get("/v2/things", KEY)).get("caller"));
    }

    @Test
    void mapsWhatResourcesThrow() throws Exception {
        edge.offer("/v2/things", "things", 0, new Things("x"));
        edge.settle();
        HttpResponse<String> away = edge.get("/v2/things/throw/away", KEY);
        assertProblem(away, 503, "MODULE_SWAPPING");
        assertEquals("3", away.headers().firstValue("Retry-After").orElseThrow());
        HttpResponse<String> bug = edge.get("/v2/things/throw/bug", KEY);
        assertProblem(bug, 500, "BUG");
        assertFalse(bug.body().contains("secret detail"));
    }

    @Test
    void givesTheRequestIdToResources() throws Exception {
        edge.offer("/v2/things", "things", 0, new Things("x"));
        edge.settle();
        HttpResponse<String> response = edge.get("/v2/things", KEY);
        assertEquals(
                response.headers().firstValue("X-Request-ID").orElseThrow(),
                edge.object(response).get("requestId"));
    }

    @Test
    void swapsSideBySideWithoutAHole() throws Exception {
        Resource first = edge.offer("/v2/things", "things", 0, new Things("0"));
        edge.settle();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService pollers = Executors.newFixedThreadPool(4);
        List<Future<Integer>> polls = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> pollers.submit(() -> poll(stop)))
                .toList();
        Resource before = first;
        for (int version = 1; version <= 10; version++) {
            Resource next = edge.offer("/v2/things", "things", version, new OtherThings("" + version));
            edge.settle();
            edge.board.remove(before);
            before = next;
        }
        stop.set(true);
        int answers = 0;
        for (Future<Integer> poll : polls) {
            answers += poll.get(30, TimeUnit.SECONDS);
        }
        pollers.shutdown();
        assertTrue(answers > 10, "only " + answers + " answers");
        assertEquals("10", edge.object(edge.get("/v2/things", KEY)).get("by"));
    }

    @Test
    void asksOnlyTheVersionThatServes() throws Exception {
        edge.offer("/v2/things", "things", 0, new Resource.Offering(1, "module"), new Things("old"));
        edge.aside.add(2L);
        edge.offer("/v2/things", "things", 5, new Resource.Offering(2, "module"), new Things("new"));
        edge.offer("/v2/more", "more", 0, new Resource.Offering(2, "module"), new Things("new"));
        edge.settle();
        assertEquals("old", edge.object(edge.get("/v2/things", KEY)).get("by"));
        assertProblem(edge.get("/v2/more", KEY), 404, "NOT_FOUND");
        edge.aside.remove(2L);
        edge.aside.add(1L);
        edge.board.serversChanged();
        assertEquals("new", edge.object(edge.get("/v2/things", KEY)).get("by"));
        assertEquals("new", edge.object(edge.get("/v2/more", KEY)).get("by"));
        edge.aside.remove(1L);
        edge.aside.add(2L);
        edge.board.serversChanged();
        assertEquals("old", edge.object(edge.get("/v2/things", KEY)).get("by"));
    }

    @Test
    void takesARequestWhoseServletWasTakenBackBeforeItWasCalled() throws Exception {
        edge.offer("/v2/gone", "things", 0, new Things("new"));
        edge.settle();
        HttpResponse<String> made = edge.post("/v2/gone", "{\"qty\":\"3\"}", withType("application/json"));
        assertEquals(200, made.statusCode(), made.body());
        HttpResponse<String> read = edge.get("/v2/gone/a%20b", KEY);
        assertEquals("a b", edge.object(read).get("id"), read.body());
        assertProblem(edge.get("/v2/gone/throw/x", KEY), 500, "BUG");
        assertProblem(edge.get("/elsewhere/x", KEY), 500, "BUG");
        edge.awaitKind("GET /v2/gone/{id}", 1);
        assertEquals(0, edge.inside.get(), "all have left");
    }

    @Test
    void parksRequestsWhileAModuleIsReplaced() throws Exception {
        Resource old = edge.offer("/v2/things", "things", 0, new Things("old"));
        edge.settle();
        edge.comingBack.add("bundle.things");
        edge.board.remove(old);
        ExecutorService client = Executors.newSingleThreadExecutor();
        Future<HttpResponse<String>> waiting = client.submit(() -> edge.get("/v2/things", KEY));
        edge.offer("/v2/things", "things", 0, new Things("new"));
        assertEquals("new", edge.object(waiting.get(20, TimeUnit.SECONDS)).get("by"));
        client.shutdown();
    }

    @Test
    void tellsWhenToRetryWhenTheModuleDoesNotComeBackInTime() throws Exception {
        try (TestEdge hasty = new TestEdge(CallersForTests.of(new OneKey()), Duration.ofMillis(50))) {
            Resource old = hasty.offer("/v2/things", "things", 0, new Things("old"));
            hasty.settle();
            hasty.comingBack.add("bundle.things");
            hasty.board.remove(old);
            HttpResponse<String> response = hasty.get("/v2/things", KEY);
            assertEquals(503, response.statusCode());
            assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
        }
    }

    @Test
    void removesAResourceOnlyWhenItsLastRequestHasLeft() throws Exception {
        Slow slow = new Slow();
        Resource resource = edge.offer("/v2/slow", "slow", 0, slow);
        edge.settle();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<HttpResponse<String>> answer = threads.submit(() -> edge.get("/v2/slow", KEY));
        assertTrue(slow.entered.await(10, TimeUnit.SECONDS));
        Future<?> removal = threads.submit(() -> edge.board.remove(resource));
        assertFalse(removal.isDone());
        slow.goOn.countDown();
        assertEquals(200, answer.get(10, TimeUnit.SECONDS).statusCode());
        removal.get(10, TimeUnit.SECONDS);
        threads.shutdown();
    }

    private int poll(AtomicBoolean stop) throws Exception {
        int answers = 0;
        while (!stop.get()) {
            HttpResponse<String> response = edge.get("/v2/things", KEY);
            assertEquals(200, response.statusCode(), response.body());
            assertTrue(response.body().contains("\"by\""), "an empty answer");
            answers++;
        }
        return answers;
    }

    private void assertProblem(HttpResponse<String> response, int status, String reason) throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse("none"));
        Map<String, Object> problem = edge.object(response);
        assertEquals(reason, problem.get("reason"), response.body());
        assertEquals(problem.get("detail"), problem.get("message"));
        assertEquals(response.headers().firstValue("X-Request-ID").orElseThrow(), problem.get("requestId"));
    }

    private HttpRequest.Builder request(String path, String method, String body) {
        return HttpRequest.newBuilder(edge.uri.resolve(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private static String[] withType(String type) {
        return with("Content-Type", type);
    }

    private static String[] with(String name, String value) {
        return new String[] {KEY[0], KEY[1], KEY[2], KEY[3], name, value};
    }

    /** A resource with everything the edge must handle. */
    @Path("")
    public static class Things {
        private final String by;

        Things(String by) {
            this.by = by;
        }

        @GET
        @Produces(MediaType.APPLICATION_JSON)
        @Doc(value = "Reads.", kind = "thing.read")
        public Map<String, Object> read(
                @Context SecurityContext security, @HeaderParam("X-Request-ID") String requestId) {
            return Map.of("by", by, "caller", security.getUserPrincipal().getName(), "requestId", requestId);
        }

        @GET
        @Path("{id}")
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> one(@PathParam("id") String id) {
            return Map.of("by", by, "id", id);
        }

        @GET
        @Path("admin/{id}")
        @RolesAllowed("admin")
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> admin(@PathParam("id") String id) {
            return Map.of("id", id);
        }

        @GET
        @Path("open/{id}")
        @PermitAll
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> open(@PathParam("id") String id) {
            return Map.of("id", id);
        }

        @GET
        @Path("throw/{what}")
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> fail(@PathParam("what") String what) {
            if (what.equals("away")) {
                throw UnavailableException.beingReplaced("mkt.data", 3);
            }
            throw new IllegalStateException("secret detail");
        }

        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> make(Map<String, Object> fields) {
            return Map.of("qty", new Body(fields).positive("qty", 8, 1_000));
        }
    }

    /** The same under another class name, as a new version of a bundle has it. */
    @Path("")
    public static final class OtherThings extends Things {
        OtherThings(String by) {
            super(by);
        }
    }

    /** Answers when it is told to. */
    @Path("")
    public static final class Slow {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @GET
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> read() throws InterruptedException {
            entered.countDown();
            return Map.of("done", goOn.await(10, TimeUnit.SECONDS));
        }
    }
}
