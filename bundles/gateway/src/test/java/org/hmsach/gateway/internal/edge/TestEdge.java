package org.hmsach.gateway.internal.edge;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hmsach.gateway.internal.board.Board;
import org.hmsach.gateway.internal.board.CxfEndpoints;
import org.hmsach.gateway.internal.board.Parking;
import org.hmsach.gateway.internal.board.Resource;
import org.hmsach.gateway.internal.guard.CallerFilter;
import org.hmsach.gateway.internal.guard.Callers;
import org.hmsach.gateway.internal.guard.ErrorMapper;
import org.hmsach.gateway.internal.json.StrictJson;
import org.hmsach.gateway.internal.problem.ProblemJson;

/** The gateway's edge in an embedded Jetty, without OSGi. */
public final class TestEdge implements AutoCloseable {
    final Set<String> comingBack = ConcurrentHashMap.newKeySet();
    final Set<Long> aside = ConcurrentHashMap.newKeySet();
    final AtomicLong inside = new AtomicLong();
    final Map<String, Long> kinds = new ConcurrentHashMap<>();
    public final StrictJson json = new StrictJson();
    final Board board;
    final EdgeServlet servlet;
    public final URI uri;
    private final AtomicLong ids = new AtomicLong();
    private final Server server = new Server();
    private final CxfEndpoints endpoints;
    private final HttpClient client = HttpClient.newHttpClient();

    public TestEdge(Callers callers, Duration parkingBound) throws Exception {
        CxfEndpoints.claim();
        ProblemJson problems = new ProblemJson(json);
        endpoints = new CxfEndpoints(() -> List.of(
                new JacksonJsonProvider(json.mapper()),
                new CallerFilter(callers),
                new ErrorMapper(problems),
                new ErrorMapper.OfWebApplication(problems)));
        Parking parking = new Parking(64, parkingBound, change -> {});
        board = new Board(endpoints, bundleId -> !aside.contains(bundleId), change -> parking.changed());
        Router router = new Router(board, parking, Duration.ofSeconds(30), comingBack::contains);
        servlet = new EdgeServlet(
                new Admission(2_000, 10_000),
                router,
                problems,
                () -> {
                    inside.incrementAndGet();
                    return inside::decrementAndGet;
                },
                (kind, status, nanos) -> kinds.merge(kind, 1L, Long::sum));
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/v2/*");
        context.addServlet(holder, "/");
        ServletHolder gone = new ServletHolder(new Gone(servlet));
        context.addServlet(gone, "/v2/gone/*");
        context.addServlet(gone, "/elsewhere/*");
        server.setHandler(context);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        uri = URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    /** As Felix does with a request whose servlet is gone when it calls it: it becomes an error, body and all. */
    private static final class Gone extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient EdgeServlet errors;

        Gone(EdgeServlet errors) {
            this.errors = errors;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, new ServletException("unregistered"));
            request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, request.getRequestURI());
            request.setAttribute("jakarta.servlet.error.method", request.getMethod());
            response.resetBuffer();
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            errors.service(new AsError(request), response);
        }
    }

    private static final class AsError extends HttpServletRequestWrapper {
        AsError(HttpServletRequest request) {
            super(request);
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.ERROR;
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getPathInfo() {
            return null;
        }
    }

    public Resource offer(String base, String name, int ranking, Object object) {
        return offer(base, name, ranking, new Resource.Offering(0, "bundle." + name), object);
    }

    Resource offer(String base, String name, int ranking, Resource.Offering bundle, Object object) {
        Resource resource = new Resource(name, base, ranking, ids.incrementAndGet(), bundle, object);
        board.add(resource);
        return resource;
    }

    public HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri.resolve(path)).GET(), headers);
    }

    public HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    public HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public Map<String, Object> object(HttpResponse<String> response) throws Exception {
        return json.readObject(response.body());
    }

    /** Waits until so many answers of the kind were measured: that happens just after the client has the answer. */
    void awaitKind(String kind, long count) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (kinds.getOrDefault(kind, 0L) != count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("measured " + kinds + " instead of " + count + " of " + kind);
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until every change told so far is active. */
    public void settle() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!board.isSettled()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the board did not settle");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws Exception {
        board.close();
        server.stop();
        endpoints.close();
    }
}
