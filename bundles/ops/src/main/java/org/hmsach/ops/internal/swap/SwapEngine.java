package org.hmsach.ops.internal.swap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.BundleRack;
import org.hmsach.ops.internal.frame.RunningJars;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
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
    private static final int MODULE_START_LEVEL = 60;
    private static final Duration STEP = Duration.ofSeconds(10);

    /** PID org.hmsach.ops. */
    public @interface Config {
        /** The data folder. */
        String data_dir();
    }

    /**
     * A version that was brought up beside the one that serves.
     *
     * @param jar    its jar, kept
     * @param bundle runs, and nobody calls it
     * @param serves what serves now
     */
    public record Beside(StagedJar jar, Bundle bundle, Version serves) {}

    /** Hears that the callers of a module are about to move, while the version they leave still serves. */
    public interface MoveListener {
        /** What stands beside the module must be gone when this returns, but for the bundle that is to serve. */
        void beforeMove(String module, Bundle to);
    }

    private final BundleRack rack;
    private final SwapTools tools;
    private final RunningJars running;
    private final TrustGate trust;
    private final DesiredFile desired;
    private final AuditTrail audit;
    private final Path temporary;
    private final Path load;
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final Map<String, Operation> byModule = new ConcurrentHashMap<>();
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
        this(context, Path.of(config.data_dir()), moduleSwitch, components, core);
    }

    SwapEngine(
            BundleContext context,
            Path data,
            ModuleSwitch moduleSwitch,
            ServiceComponentRuntime components,
            CoreSeam core) {
        this.rack = new BundleRack(context, moduleSwitch::serves);
        this.tools = new SwapTools(
                rack, moduleSwitch, new Readiness(context, components), new TrialOrders(context, core), core);
        this.running = new RunningJars(context);
        this.trust = new TrustGate(context);
        this.desired = new DesiredFile(data);
        this.audit = new AuditTrail(data);
        this.temporary = data.resolve("tmp");
        this.load = data.resolve("load");
    }

    @Deactivate
    void close() {
        rack.close();
    }

    /** Copies a jar aside and looks at it. The caller deletes it. */
    public StagedJar stage(InputStream body) throws Refused {
        try {
            Files.createDirectories(temporary);
            Path staged = Files.createTempFile(temporary, "staged-", ".jar");
            boolean sound = false;
            try {
                Files.copy(body, staged, StandardCopyOption.REPLACE_EXISTING);
                StagedJar jar = StagedJar.read(staged);
                trust.expect(jar);
                sound = true;
                return jar;
            } finally {
                if (!sound) {
                    Files.deleteIfExists(staged);
                }
            }
        } catch (StagedJar.NotABundle e) {
            throw new Refused(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stage a jar in " + temporary, e);
        }
    }

    /** Deletes a staged jar. */
    public void discard(StagedJar jar) {
        try {
            Files.deleteIfExists(jar.path());
        } catch (IOException e) {
            LOG.warn("{} stays behind", jar.path(), e);
        }
    }

    /** What the jar would change. Nothing of it runs. */
    public Preview preview(StagedJar jar) {
        lock.lock();
        try {
            return previewer().of(jar, version(jar.name()), tools.core().requiredRules());
        } finally {
            lock.unlock();
        }
    }

    /** Begins to replace, or to install, the module of the jar's name; the jar may be deleted when this returns. */
    public Operation update(StagedJar jar, Operation.Request request) throws Refused {
        return begin(kept(jar), Optional.empty(), request, Map.of());
    }

    /**
     * Brings a version up beside the one that serves, as a swap would, and leaves it there; nobody calls it.
     *
     * @param use what is to know of it before the next operation begins
     */
    public <T> T beside(StagedJar jar, Function<Beside, T> use) throws Refused, InterruptedException {
        StagedJar kept = kept(jar);
        lock.lock();
        try {
            Operation current = byModule.get(kept.name());
            if (current != null && !current.record().phase().isEnd()) {
                throw busy(current);
            }
            String refusal = refusal(kept);
            if (!refusal.isEmpty()) {
                throw new Refused(refusal);
            }
            Overlap overlap = new Overlap(tools, kept, rack.find(kept.name()));
            boolean stays = false;
            try {
                Bundle bundle = overlap.bring(startLevel(kept.name()));
                T used = use.apply(new Beside(kept, bundle, version(kept.name())));
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
        try {
            rack.remove(beside, STEP);
        } catch (BundleException | TimeoutException | IllegalStateException e) {
            LOG.warn("{} stays behind until the next start; it is not called", beside, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins to move the callers to what stands beside. @param evidence what spoke for it; kept with the operation */
    public Operation promote(Beside beside, Operation.Request request, Map<String, Object> evidence) throws Refused {
        return begin(beside.jar(), Optional.of(beside.bundle()), request, evidence);
    }

    /** Who is told before callers move; one at a time. */
    public void listen(MoveListener listener) {
        moves = listener;
    }

    private StagedJar kept(StagedJar jar) throws Refused {
        trust.expect(jar);
        desired.keep(jar.path(), jar.digest());
        return new StagedJar(desired.jar(jar.digest()).orElseThrow(), jar.name(), jar.version(), jar.digest());
    }

    /**
     * The way back: of an operation on probation the old version comes again, else the version before the one that
     * serves is brought like a new one.
     */
    public Operation rollback(String module, String who, String why, long watchMs) throws Refused {
        Operation current = byModule.get(module);
        if (current != null && !current.record().phase().isEnd()) {
            current.recall("recalled by " + who + (why.isEmpty() ? "" : ": " + why));
            return current;
        }
        Version before = before(module);
        try {
            StagedJar jar = StagedJar.read(desired.jar(before.digest())
                    .orElseThrow(() -> new Refused("the jar of " + module + " " + before.version() + " is gone")));
            return update(jar, new Operation.Request("rollback", who, why, watchMs));
        } catch (StagedJar.NotABundle e) {
            throw new Refused(e.getMessage(), e);
        }
    }

    /** An operation of this run of the process. */
    public Optional<Operation> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** All operations, oldest first: those that ended, from the audit trail, and those under way. */
    public List<Operation.Record> operations() {
        List<Operation.Record> all = new ArrayList<>(audit.newest());
        operations.values().stream()
                .map(Operation::record)
                .filter(one -> !one.phase().isEnd())
                .forEach(all::add);
        return all;
    }

    /** What runs under the name. */
    public Version version(String module) {
        return rack.find(module)
                .map(bundle -> new Version(
                        bundle.getVersion().toString(),
                        running.jar(bundle).map(StagedJar::digest).orElse("")))
                .orElse(Version.NONE);
    }

    private Version before(String module) throws Refused {
        Version now = version(module);
        List<Operation.Record> all = audit.newest();
        for (int i = all.size() - 1; i >= 0; i--) {
            Operation.Record one = all.get(i);
            boolean ledHere = one.module().equals(module)
                    && one.phase() == Phase.DONE
                    && one.to().digest().equals(now.digest());
            if (ledHere && !one.from().digest().isEmpty()) {
                return one.from();
            }
        }
        throw new Refused(
                "no operation brought " + module + " " + now.version() + ", so there is no version before it");
    }

    private Operation begin(
            StagedJar kept, Optional<Bundle> staged, Operation.Request request, Map<String, Object> evidence)
            throws Refused {
        Operation operation = begin(kept.name(), request);
        operation.attach(evidence);
        operation.between(version(kept.name()), new Version(kept.version(), kept.digest()));
        operation.enter(Phase.STAGE, "digest " + kept.digest() + ", signer " + trust.signer(kept));
        Swap.Task task = new Swap.Task(operation, kept, staged, to -> moves.beforeMove(kept.name(), to));
        Thread thread = new Thread(() -> run(task), "hms-swap " + kept.name());
        thread.setDaemon(true);
        thread.start();
        return operation;
    }

    private Operation begin(String module, Operation.Request request) throws Refused {
        Operation operation = new Operation(UUID.randomUUID().toString(), module, request, Clock.systemUTC());
        Operation other = byModule.compute(
                module, (name, now) -> now == null || now.record().phase().isEnd() ? operation : now);
        if (other != operation) {
            throw busy(other);
        }
        operations.put(operation.id(), operation);
        return operation;
    }

    private static Refused busy(Operation other) {
        return new Refused("operation " + other.id() + " of " + other.module() + " is still in phase "
                + other.record().phase() + "; recall it or wait for its end");
    }

    private void run(Swap.Task task) {
        Operation operation = task.operation();
        StagedJar jar = task.jar();
        try {
            if (swap(task)) {
                want(jar);
                operation.enter(Phase.DONE, jar.name() + " " + jar.version() + " serves");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            operation.enter(Phase.FAILED, "interrupted: the desired set decides at the next start");
        } catch (RuntimeException | LinkageError e) { // the edge of this thread
            LOG.error("operation {} on {} broke off", operation.id(), operation.module(), e);
            operation.enter(Phase.FAILED, "a bug of the platform: " + e);
        }
        Operation.Record record = operation.end(audit::add);
        LOG.info(
                "{} of {} by {}: {}; {}",
                record.request().kind(),
                record.module(),
                record.request().who(),
                record.phase(),
                record.steps().get(record.steps().size() - 1).detail());
    }

    private boolean swap(Swap.Task task) throws InterruptedException {
        String name = task.jar().name();
        Swap swap;
        lock.lock();
        try {
            String refusal = refusal(task.jar());
            if (!refusal.isEmpty()) {
                task.operation().enter(Phase.REFUSED, refusal);
                task.staged().ifPresent(this::takeOut);
                return false;
            }
            Optional<Bundle> old = rack.find(name);
            old.ifPresent(this::keep);
            swap = new Swap(tools, task, old, startLevel(name));
            if (!swap.begin()) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        return swap.prove();
    }

    private String refusal(StagedJar jar) {
        Preview preview = previewer().of(jar, version(jar.name()), tools.core().requiredRules());
        return preview.refusal().isEmpty() ? dropped(jar.name()) : preview.refusal();
    }

    private Previewer previewer() {
        return new Previewer(rack);
    }

    private String dropped(String name) {
        return rack.find(name)
                .map(Bundle::getLocation)
                .filter(location -> location.startsWith(load.toUri().toString()))
                .map(location -> name + " lies in the load folder; replace the file there: " + location)
                .orElse("");
    }

    /** The jar of the old version, for the way back after the framework has let it go. */
    private void keep(Bundle old) {
        running.jar(old).ifPresent(jar -> desired.keep(jar.path(), jar.digest()));
    }

    private int startLevel(String name) {
        DesiredEntry entry = desired.entries().get(name);
        return entry == null ? MODULE_START_LEVEL : entry.startLevel();
    }

    private void want(StagedJar jar) {
        desired.want(jar, MODULE_START_LEVEL);
    }
}
