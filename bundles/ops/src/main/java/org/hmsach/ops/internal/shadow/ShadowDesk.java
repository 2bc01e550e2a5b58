package org.hmsach.ops.internal.shadow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeFollower;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.Bounded;
import org.hmsach.ops.internal.frame.BundleServices;
import org.hmsach.ops.internal.json.Json;
import org.hmsach.ops.internal.swap.CoreSeam;
import org.hmsach.ops.internal.swap.Errands;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.spi.gov.JudgementListener;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.spi.mfe.FeeSchedule;
import org.hmsach.spi.mkt.Venue;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/** The shadows: staged beside what serves, shown the live traffic, reported on, promoted by a second person. */
@Component(
        service = {ShadowDesk.class, JudgementListener.class},
        configurationPid = "org.hmsach.ops",
        immediate = true)
public final class ShadowDesk implements JudgementListener {
    /** Shadows that may run at once; each has a queue and a thread. */
    public static final int MOST_RUNNING = 8;

    private static final int MOST_ENDED = 20;
    /** Disagreements that are kept in the audit record of a promotion. */
    private static final int MOST_ATTACHED = 100;

    private static final long TICK_MS = 50;
    private static final ObjectMapper JSON = Json.mapper();

    /** PID org.hmsach.ops. */
    public @interface Config {
        /** An answer that takes longer is not compared; the default is as long as intake lets a check take. */
        long shadow_late_ms() default 250;
    }

    private final BundleContext context;
    private final SwapEngine engine;
    private final ModuleSwitch moduleSwitch;
    private final CoreSeam core;
    private volatile Duration late;
    private final List<Shadow> running = new CopyOnWriteArrayList<>();
    private final List<Shadow> ended = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock;

    /** Over the one engine. */
    @Activate
    public ShadowDesk(
            BundleContext context,
            @Reference SwapEngine engine,
            @Reference ModuleSwitch moduleSwitch,
            @Reference CoreSeam core,
            Config config) {
        this(context, engine, moduleSwitch, core, Duration.ofMillis(config.shadow_late_ms()));
    }

    /** The same, where an answer after so long is late. */
    public ShadowDesk(
            BundleContext context, SwapEngine engine, ModuleSwitch moduleSwitch, CoreSeam core, Duration late) {
        this.core = core;
        this.late = late;
        this.context = context;
        this.engine = engine;
        this.moduleSwitch = moduleSwitch;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hms-shadow-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(() -> running.forEach(Shadow::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        engine.listen(this::beforeMove);
    }

    /** What is late holds for the shadows that begin from now on. */
    @Modified
    void modified(Config config) {
        late = Duration.ofMillis(config.shadow_late_ms());
    }

    /** Ends all shadows. */
    @Deactivate
    public void close() {
        engine.listen((module, to) -> {});
        clock.shutdownNow();
        running.forEach(shadow -> {
            end(shadow, "ended with the operations bundle");
            engine.takeOut(shadow.beside().bundle());
        });
    }

    @Override
    public void judged(OrderProposal proposal, List<Verdict> verdicts, Optional<UUID> order) {
        if (running.isEmpty()) {
            return;
        }
        Judged judged = new Judged(proposal, List.copyOf(verdicts), order, System.currentTimeMillis());
        for (Shadow shadow : running) {
            shadow.offer(judged);
        }
    }

    /** Stages the jar beside what serves and shows it the traffic from now on. The jar may be deleted afterwards. */
    public ShadowReport start(StagedJar jar, String who, String why) throws Refused, InterruptedException {
        Optional<Shadow> same = running.stream()
                .filter(one -> one.digest().equals(jar.digest()))
                .findFirst();
        if (same.isPresent()) {
            throw new Refused(
                    "the same jar runs already as shadow " + same.get().id());
        }
        if (running.size() >= MOST_RUNNING) {
            throw new Refused(running.size() + " shadows run, the limit is " + MOST_RUNNING + ": stop one");
        }
        if (engine.version(jar.name()).digest().equals(jar.digest())) {
            throw new Refused("the same jar serves already as " + jar.name() + " " + jar.version());
        }
        Errands.Errand errand =
                engine.errands().begin("a shadow of " + jar.name() + " " + jar.version() + ", staged by " + who);
        boolean runs = false;
        try {
            Shadow shadow = engine.beside(jar, beside -> begin(beside, new Shadow.Stager(who, why), errand));
            runs = true;
            return shadow.report();
        } finally {
            if (!runs) {
                errand.close();
            }
        }
    }

    /** All that run, and the last that ended; oldest first. */
    public List<ShadowReport> reports() {
        List<Shadow> all = new ArrayList<>(ended);
        all.addAll(running);
        return all.stream().map(Shadow::report).toList();
    }

    /** One of them. */
    public Optional<ShadowReport> report(String id) {
        return reports().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Ends a shadow and takes it out. */
    public ShadowReport stop(String id, String who) throws Refused {
        Shadow shadow = find(id);
        end(shadow, "stopped by " + who);
        engine.takeOut(shadow.beside().bundle());
        return shadow.report();
    }

    /** Moves the callers to the shadow: a swap like any other, with the report in its record. */
    public Operation promote(String id, Operation.Request request) throws Refused {
        Shadow shadow = find(id);
        String stagedBy = shadow.stager().who();
        TwoPersons.require(stagedBy, request.who());
        Map<String, Object> evidence = JSON.convertValue(
                Map.of("shadow", shadow.report().brief(MOST_ATTACHED)), new TypeReference<Map<String, Object>>() {});
        Operation operation = engine.promote(shadow.beside(), request, evidence);
        end(shadow, "promoted by " + request.who() + ", operation " + operation.id());
        return operation;
    }

    private Shadow begin(SwapEngine.Beside beside, Shadow.Stager stager, Errands.Errand errand)
            throws Refused, InterruptedException {
        String what =
                "the shadow of " + beside.jar().name() + " " + beside.jar().version();
        Held held = new Held();
        held.add(errand::close);
        boolean runs = false;
        try {
            Shadow.Sources sources = Bounded.run(what, engine.answer(), () -> sources(beside.bundle(), held));
            Shadow shadow = new Shadow(UUID.randomUUID().toString(), stager, beside, sources, late);
            running.add(shadow);
            runs = true;
            return shadow;
        } catch (TimeoutException e) {
            throw new Refused(e.getMessage(), e);
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof Refused known ? known.getMessage() : what + " fails: " + e.getCause();
            throw new Refused(why, e);
        } finally {
            if (!runs) {
                held.close();
            }
        }
    }

    /** Asks the module what it offers, and opens its venues. */
    private Shadow.Sources sources(Bundle bundle, Held held) throws Refused {
        long bundleId = bundle.getBundleId();
        BundleServices<OrderCheck> checks = services(OrderCheck.class, id -> id == bundleId, held);
        BundleServices<FeeSchedule> fees = services(FeeSchedule.class, id -> id == bundleId, held);
        BundleServices<FeeSchedule> serving = services(FeeSchedule.class, moduleSwitch::serves, held);
        BundleServices<Venue> venues = services(Venue.class, id -> id == bundleId, held);
        Tally tally = new Tally();
        List<Venue> harmless = venues.marked(Venue.SIMULATED);
        boolean follows = false;
        for (Venue venue : venues.all()) {
            if (venue.kind() == Venue.Kind.INTERNAL || harmless.contains(venue)) {
                follows |= follow(venue, tally, held);
            }
        }
        if (checks.all().isEmpty() && fees.all().isEmpty() && !follows) {
            throw new Refused(bundle.getSymbolicName() + " " + bundle.getVersion()
                    + " offers nothing to compare: no OrderCheck, no FeeSchedule, and no Venue that is INTERNAL"
                    + " or simulated while the core runs; orders at another EXTERNAL venue would be real");
        }
        Question.Source ofChecks = new CheckQuestions(checks::all);
        Question.Source ofFees = new FeeQuestions(serving::all, fees::all);
        Question.Source both = judged -> {
            List<Question> all = new ArrayList<>(ofChecks.of(judged));
            all.addAll(ofFees.of(judged));
            return all;
        };
        return new Shadow.Sources(both, tally, held);
    }

    private <T> BundleServices<T> services(Class<T> type, LongPredicate bundles, Held held) {
        BundleServices<T> services = new BundleServices<>(context, type, bundles);
        held.add(services::close);
        return services;
    }

    /** Gives a venue the live orders from now on. @return false while the core is away */
    private boolean follow(Venue venue, Tally tally, Held held) {
        Optional<Tape> tape = core.tape();
        Optional<Portfolio> portfolio = core.portfolio();
        if (tape.isEmpty() || portfolio.isEmpty()) {
            return false;
        }
        long from = tape.get().lastNumber() + 1;
        VenueShadow shadow = new VenueShadow(venue, tally, System::currentTimeMillis, late);
        shadow.open(from, portfolio.get().openOrders());
        TapeFollower follower = new TapeFollower("hms-shadow-venue", tape.get(), from, shadow);
        held.add(() -> {
            follower.close();
            shadow.close();
        });
        return true;
    }

    /** The serving version goes, and with it what the shadows were compared with. */
    private void beforeMove(String module, Bundle to) {
        for (Shadow shadow : running) {
            if (shadow.module().equals(module)) {
                boolean moves = shadow.beside().bundle().equals(to);
                end(shadow, moves ? "promoted" : "ended: another version of " + module + " came to serve");
                if (!moves) {
                    engine.takeOut(shadow.beside().bundle());
                }
            }
        }
    }

    private void end(Shadow shadow, String how) {
        if (running.remove(shadow)) {
            shadow.end(how);
            ended.add(shadow);
            while (ended.size() > MOST_ENDED) {
                ended.remove(0);
            }
        }
    }

    private Shadow find(String id) throws Refused {
        return running.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused("no shadow " + id + " runs"));
    }
}
