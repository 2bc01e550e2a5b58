package org.hmsach.ops.internal.swap;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.LoadFolder;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.BundleRack;
import org.hmsach.ops.internal.frame.SwapThreads;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces modules side by side, one operation for each; the one implementation behind all surfaces. */
@Component(
        service = SwapEngine.class,
        configurationPid = "org.hmsach.ops",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
public final class SwapEngine {
    /** Probation where nobody says how long, milliseconds. */
    public static final long WATCH_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(SwapEngine.class);

    /** PID org.hmsach.ops. */
    public @interface Config {
        /** The data folder. */
        String data_dir();

        /** How long a version that comes may take until it is ready. */
        long ready_ms() default 20_000;

        /** How long its health check, or the trial orders of one check, may take. */
        long answer_ms() default 2_000;

        /** How long its SQL scripts, and each step of its state's transform, may take. */
        long transform_ms() default 30_000;
    }

    /**
     * A version that was brought up beside the one that serves.
     *
     * @param jar    its jar, kept
     * @param bundle runs, and nobody calls it
     * @param serves what serves now
     */
    public record Beside(StagedJar jar, Bundle bundle, Version serves) {}

    private final BundleRack rack;
    private final AtomicReference<SwapSettings> settings;
    private final SwapTools tools;
    private final RunningVersions versions;
    private final Staging staging;
    private final DesiredFile desired;
    private final OperationBook book;
    private final Succession succession;
    private final Removals removals;
    private final Relay relay;
    private final Runnable silence;
    /** Installing, resolving and switching are done by one operation at a time; probations run side by side. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile MoveListener moves = (module, to) -> {};

    /** Over the whole framework. */
    @Activate
    public SwapEngine(
            BundleContext context,
            Config config,
            @Reference ModuleSwitch moduleSwitch,
            @Reference ServiceComponentRuntime components,
            @Reference CoreSeam core) {
        this(context, SwapSettings.of(config), moduleSwitch, components, core);
    }

    SwapEngine(
            BundleContext context,
            SwapSettings settings,
            ModuleSwitch moduleSwitch,
            ServiceComponentRuntime components,
            CoreSeam core) {
        Path data = settings.data();
        this.settings = new AtomicReference<>(settings);
        this.tools = SwapTools.over(context, moduleSwitch, components, core, this.settings::get);
        this.rack = tools.rack();
        this.desired = DesiredFile.at(data);
        this.versions = new RunningVersions(context, rack, desired, new LoadFolder(data));
        this.staging = new Staging(data, new TrustGate(context), desired);
        this.relay = new Relay(context);
        this.book = new OperationBook(data, context.getBundle().getSymbolicName(), relay);
        this.succession = new Succession(context, tools, book, relay, desired);
        this.removals = new Removals(tools, book, versions, lock);
        if (moduleSwitch.serves(context.getBundle().getBundleId())) {
            book.settle(context.getBundle().getVersion().toString());
        }
        this.silence = relay.answer(book, succession);
    }

    /** Other durations hold from the next step on, also of operations that are under way. */
    @Modified
    void modified(Config config) {
        settings.set(SwapSettings.of(config));
    }

    @Deactivate
    void close() {
        silence.run();
        rack.close();
    }

    /** How long a module's own code may take to answer. */
    public Duration answer() {
        return settings.get().answer();
    }

    /** What is under way here, and keeps this version from being replaced. */
    public Errands errands() {
        return book.errands();
    }

    /** Copies a jar aside and looks at it. The caller deletes it. */
    public StagedJar stage(InputStream body) throws Refused {
        return staging.stage(body);
    }

    /** Deletes a staged jar. */
    public void discard(StagedJar jar) {
        staging.discard(jar);
    }

    /** What the jar would change. Nothing of it runs. */
    public Preview preview(StagedJar jar) {
        lock.lock();
        try (Errands.Errand errand = book.errands().begin("a preview of " + jar.name())) {
            return previewer().of(jar, version(jar.name()), tools.core().requiredRules());
        } finally {
            lock.unlock();
        }
    }

    /** Begins to replace, or to install, the module of the jar's name; the jar may be deleted when this returns. */
    public Operation update(StagedJar jar, Operation.Request request) throws Refused {
        return begin(staging.keep(jar), Optional.empty(), request, Map.of());
    }

    /**
     * What is to know of a version that was brought up beside, before the next operation begins.
     *
     * @param <T> what comes of it
     */
    public interface Use<T> {
        /** Of that version; it is taken out again when this throws. */
        T of(Beside beside) throws Refused, InterruptedException;
    }

    /**
     * Brings a version up beside the one that serves, as a swap would, and leaves it there; nobody calls it.
     *
     * @param use what is to know of it before the next operation begins
     */
    public <T> T beside(StagedJar jar, Use<T> use) throws Refused, InterruptedException {
        StagedJar kept = staging.keep(jar);
        lock.lock();
        try {
            book.requireIdle(kept.name());
            String refusal = refusal(kept);
            if (!refusal.isEmpty()) {
                throw new Refused(refusal);
            }
            Overlap overlap = new Overlap(tools, kept, rack.find(kept.name()));
            boolean stays = false;
            try {
                Bundle bundle =
                        overlap.bring(desired.startLevel(kept.name()), one -> StateSteps.migrate(tools.states(), one));
                T used = use.of(new Beside(kept, bundle, version(kept.name())));
                stays = true;
                return used;
            } finally {
                if (!stays) {
                    overlap.fresh().ifPresent(this::takeOut);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what stands beside. */
    public void takeOut(Bundle beside) {
        tools.takeOut(beside);
    }

    /** Begins to move the callers to what stands beside. @param evidence what spoke for it; kept with the operation */
    public Operation promote(Beside beside, Operation.Request request, Map<String, Object> evidence) throws Refused {
        return begin(beside.jar(), Optional.of(beside.bundle()), request, evidence);
    }

    /** Who is told before callers move; one at a time. */
    public void listen(MoveListener listener) {
        moves = listener;
    }

    /**
     * The way back: of an operation on probation the old version comes again, else the version before the one that
     * serves is brought like a new one.
     */
    public Operation rollback(String module, String who, String why, long watchMs) throws Refused {
        String recall = "recalled by " + who + (why.isEmpty() ? "" : ": " + why);
        Optional<Operation> current = book.underWay(module);
        if (current.isPresent()) {
            current.get().recall(recall);
        }
        if (current.isEmpty() && book.isOwn(module)) {
            current = relay.recall(recall);
        }
        if (current.isPresent()) {
            return current.get();
        }
        Version before = book.before(module, version(module));
        try {
            StagedJar jar = StagedJar.read(desired.jar(before.digest())
                    .orElseThrow(() -> new Refused("the jar of " + module + " " + before.version() + " is gone")));
            return update(jar, new Operation.Request("rollback", who, why, watchMs));
        } catch (StagedJar.NotABundle e) {
            throw new Refused(e.getMessage(), e);
        }
    }

    /** One operation, after at most the wait: as soon as it has more steps than were seen. */
    public Optional<Operation.Record> operation(String id, int seen, Duration wait) throws InterruptedException {
        return book.find(id, seen, wait);
    }

    /** All operations, oldest first: those that ended, from the audit trail, and those under way. */
    public List<Operation.Record> operations() {
        return book.all();
    }

    /** What is wrong with what runs under the name; empty when it is well. */
    public List<String> troubles(String module) throws InterruptedException {
        Optional<Bundle> bundle = rack.find(module);
        return bundle.isEmpty()
                ? List.of()
                : tools.readiness().troubles(bundle.get(), tools.readiness().waiting(bundle.get()));
    }

    /** What would go with the module. */
    public Preview previewRemoval(String module) throws Refused, InterruptedException {
        return removals.preview(module);
    }

    /** Takes a module out: recorded like any other operation, and nothing else moves it meanwhile. */
    public Operation.Record remove(String module, Operation.Request request, Removal removal)
            throws Refused, InterruptedException {
        return removals.remove(module, request, removal);
    }

    /** What runs under the name. */
    public Version version(String module) {
        return versions.of(module);
    }

    private Operation begin(
            StagedJar kept, Optional<Bundle> staged, Operation.Request request, Map<String, Object> evidence)
            throws Refused {
        Operation operation = book.open(kept.name(), request);
        boolean begun = false;
        try {
            operation.attach(evidence);
            operation.between(version(kept.name()), new Version(kept.version(), kept.digest()));
            operation.enter(Phase.STAGE, "digest " + kept.digest() + ", signer " + staging.signer(kept));
            Consumer<Bundle> moving = to -> {
                moves.beforeMove(kept.name(), to);
                book.moving(operation);
            };
            Optional<Succession> own = book.isOwn(kept.name()) ? Optional.of(succession) : Optional.empty();
            Swap.Task task = new Swap.Task(operation, kept, staged, moving, own);
            SwapThreads.start(kept.name(), () -> run(task));
            begun = true;
        } finally {
            if (!begun) {
                operation.enter(Phase.FAILED, "it did not begin: a bug of the platform");
                log(book.close(operation));
            }
        }
        return operation;
    }

    private void run(Swap.Task task) {
        Operation operation = task.operation();
        StagedJar jar = task.jar();
        try {
            Swap.Outcome outcome = swap(task);
            if (outcome == Swap.Outcome.HANDED_OVER) {
                return;
            }
            if (outcome == Swap.Outcome.PROVEN) {
                desired.want(jar);
                operation.enter(Phase.DONE, jar.name() + " " + jar.version() + " serves");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            operation.enter(Phase.FAILED, "interrupted: the desired set decides at the next start");
        } catch (Throwable e) { // the edge of this thread
            LOG.error("operation {} on {} broke off", operation.id(), operation.module(), e);
            operation.enter(Phase.FAILED, "a bug of the platform: " + e);
        } finally {
            SwapThreads.giveBack();
        }
        log(book.close(operation));
    }

    static void log(Operation.Record record) {
        LOG.info(
                "{} of {} by {}: {}; {}",
                record.request().kind(),
                record.module(),
                record.request().who(),
                record.phase(),
                record.steps().get(record.steps().size() - 1).detail());
    }

    private Swap.Outcome swap(Swap.Task task) throws InterruptedException {
        String name = task.jar().name();
        Swap swap;
        lock.lock();
        try {
            String refusal = refusal(task.jar());
            if (!refusal.isEmpty()) {
                task.operation().enter(Phase.REFUSED, refusal);
                task.staged().ifPresent(this::takeOut);
                return Swap.Outcome.BACK;
            }
            swap = new Swap(tools, task, versions.kept(name), desired.startLevel(name));
            if (!swap.begin()) {
                return Swap.Outcome.BACK;
            }
        } finally {
            lock.unlock();
        }
        return swap.prove();
    }

    private String refusal(StagedJar jar) {
        Preview preview = previewer().of(jar, version(jar.name()), tools.core().requiredRules());
        return preview.refusal().isEmpty() ? versions.dropped(jar.name()) : preview.refusal();
    }

    private Previewer previewer() {
        return new Previewer(rack, tools.states());
    }
}
