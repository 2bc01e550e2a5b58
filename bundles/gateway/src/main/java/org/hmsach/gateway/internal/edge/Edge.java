package org.hmsach.gateway.internal.edge;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.SwitchListener;
import org.hmsach.gateway.internal.board.ActiveResources;
import org.hmsach.gateway.internal.board.Board;
import org.hmsach.gateway.internal.board.CxfEndpoints;
import org.hmsach.gateway.internal.board.Parking;
import org.hmsach.gateway.internal.board.Resource;
import org.hmsach.gateway.internal.board.ResourceTracker;
import org.hmsach.gateway.internal.clock.HdrOutcomeClock;
import org.hmsach.gateway.internal.clock.Metrics;
import org.hmsach.gateway.internal.guard.CallerFilter;
import org.hmsach.gateway.internal.guard.Callers;
import org.hmsach.gateway.internal.guard.ErrorMapper;
import org.hmsach.gateway.internal.json.StrictJson;
import org.hmsach.gateway.internal.place.Servlets;
import org.hmsach.gateway.internal.place.Versions;
import org.hmsach.gateway.internal.problem.ProblemJson;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts board, router and servlets together and offers them to the HTTP service. */
@Component(
        service = {ActiveResources.class, SwitchListener.class},
        immediate = true,
        configurationPid = "org.hmsach.gateway")
@Designate(ocd = Edge.Config.class)
public final class Edge implements ActiveResources, SwitchListener {
    /** Settings. */
    @ObjectClassDefinition(name = "HTTP gateway")
    public @interface Config {
        @AttributeDefinition(description = "largest JSON body, bytes")
        long json_limit_bytes() default 65_536;

        @AttributeDefinition(description = "largest binary body (a module's jar), bytes")
        long binary_limit_bytes() default 67_108_864;

        @AttributeDefinition(description = "requests that may wait at once for a module that is being replaced")
        int parking_places() default 256;

        @AttributeDefinition(description = "longest wait of such a request, milliseconds")
        int parking_ms() default 2_000;

        @AttributeDefinition(description = "how long after its loss a path counts as being replaced, milliseconds")
        int swap_window_ms() default 10_000;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final String ALL = "/*";
    private static final long LOOK_MS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    /** Prefixes are claimed one by one, so that the pages of the web bundle may claim everything else. */
    private static final List<String> PATTERNS = List.of(
            "/v2/*",
            "/v3/*",
            "/admin/v1/*",
            "/auth/v1/*",
            "/gov/v1/*",
            "/mkt/v1/*",
            "/mfe/v1/*",
            "/health/*",
            "/openapi.json",
            "/metrics");

    private final BundleContext context;
    private final Callers callers;
    private final Metrics metrics;
    private final HdrOutcomeClock clock;
    private final CxfEndpoints endpoints;
    private final Parking parking;
    private final Board board;
    private final ResourceTracker tracker;
    private final Versions versions;
    private final Servlets servlets;
    private Optional<Thread> warming = Optional.empty();
    /** What the warm-up found, once it has ended. */
    private volatile Optional<String> unfit = Optional.empty();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModuleRegistry> registries = List.of();

    @Activate
    public Edge(
            @Reference Callers callers,
            @Reference Metrics metrics,
            @Reference HdrOutcomeClock clock,
            @Reference Versions versions,
            Config config) {
        this.context = versions.context();
        this.versions = versions;
        this.callers = callers;
        this.metrics = metrics;
        this.clock = clock;
        StrictJson json = new StrictJson();
        ProblemJson problems = new ProblemJson(json);
        endpoints = new CxfEndpoints(() -> List.of(
                // one for each generation: it remembers the classes it has written, which may be a module's
                new JacksonJsonProvider(new StrictJson().mapper()),
                new CallerFilter(callers),
                new ErrorMapper(problems),
                new ErrorMapper.OfWebApplication(problems)));
        parking = new Parking(config.parking_places(), Duration.ofMillis(config.parking_ms()), metrics::parked);
        board = new Board(endpoints, versions::isAsked, this::changed);
        tracker = new ResourceTracker(context, board);
        tracker.open();
        Router router = new Router(board, parking, Duration.ofMillis(config.swap_window_ms()), this::comesBack);
        Admission admission = new Admission(config.json_limit_bytes(), config.binary_limit_bytes());
        Supplier<EdgeServlet> servlet = () -> new EdgeServlet(admission, router, problems, versions, this::answered);
        servlets = new Servlets(
                context,
                List.of(
                        new Servlets.Offer("hms-gateway", PATTERNS, 0, servlet.get(), true),
                        new Servlets.Offer("hms-gateway-rest", List.of("/"), Integer.MIN_VALUE, servlet.get(), false)));
        showIfServing();
        if (!versions.isServing()) {
            // not counted: nobody asked
            EdgeServlet aside =
                    new EdgeServlet(admission, router, problems, () -> () -> {}, (kind, status, nanos) -> {});
            warming = Optional.of(warmUp(new WarmUp(aside, WARM_UP)));
        }
    }

    /** Whether only this bundle's servlets answer the path. */
    static boolean isOurs(String path) {
        return PATTERNS.stream()
                .anyMatch(pattern -> pattern.endsWith(ALL)
                        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                        : path.equals(pattern));
    }

    private Thread warmUp(WarmUp work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!board.isSettled()) {
                            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
                        }
                        WarmUp.Learnt learnt = work.run();
                        LOG.info(
                                "warmed up with answers {}, {} and {}",
                                learnt.live(),
                                learnt.orders(),
                                learnt.previews());
                        unfit = learnt.trouble(!callers.isPresent());
                    } catch (InterruptedException e) {
                        LOG.debug("the version goes", e);
                    } catch (IOException | RuntimeException | LinkageError e) { // its first request would find it
                        LOG.error("the version cannot answer", e);
                        unfit = Optional.of("it cannot answer: " + e);
                    }
                },
                "hms-gateway-warm-up");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void showIfServing() {
        if (versions.isServing()) {
            CxfEndpoints.claim();
            servlets.show();
        }
    }

    @Deactivate
    void close() {
        warming.ifPresent(Thread::interrupt);
        servlets.close();
        tracker.close();
        board.close();
        endpoints.close();
    }

    @Override
    public Map<String, List<Resource>> active() {
        return board.active();
    }

    @Override
    public boolean isSettled() {
        return board.isSettled() && warming.map(thread -> !thread.isAlive()).orElse(true);
    }

    @Override
    public List<String> troubles() {
        return Stream.concat(board.failures().stream(), unfit.stream()).toList();
    }

    @Override
    public long switches() {
        return board.switches();
    }

    @Override
    public void switched() {
        showIfServing();
        board.serversChanged();
    }

    private void changed(Board.Change change) {
        metrics.swapped(change.base(), change.took());
        parking.changed();
    }

    private void answered(String kind, int status, long nanos) {
        clock.record(kind, nanos);
        metrics.answered(kind, status, nanos);
    }

    /** A lost path's bundle that is still installed, or a module that the registry expects, is worth waiting for. */
    private boolean comesBack(String name) {
        boolean installed =
                Arrays.stream(context.getBundles()).anyMatch(bundle -> name.equals(bundle.getSymbolicName()));
        return installed
                || registries.stream()
                        .flatMap(registry -> registry.module(name).stream())
                        .anyMatch(m -> m.state() == ModuleState.STARTING || m.state() == ModuleState.PARKED);
    }
}
