package org.hmsach.core.internal.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hmsach.core.internal.log.LogSettings;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the log on a thread of its own, because a crash or a long log makes that slow, and enables the core's services
 * when it is done: who sees a Door or a Portfolio sees the whole truth.
 */
@Component(service = CoreEngine.class, immediate = true, configurationPid = CoreConfig.PID)
@Designate(ocd = CoreConfig.class)
public final class CoreEngine {
    private static final Logger LOG = LoggerFactory.getLogger(CoreEngine.class);
    private static final List<String> SERVICES = List.of(
            DoorService.class.getName(),
            PortfolioService.class.getName(),
            TapeService.class.getName(),
            ControlService.class.getName());

    private static final long STOP_MS = 60_000;
    private static final long FIRST_PAUSE_MS = 5_000;
    private static final long LONGEST_PAUSE_MS = 300_000;

    private final ComponentContext context;
    private final LogSettings settings;
    private final List<String> requiredRules;
    private final Thread supervisor;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Optional<Core> core = Optional.empty();
    private volatile String state = "starting";

    /** Begins to open the log. */
    @Activate
    public CoreEngine(ComponentContext context, CoreConfig config) {
        this.context = context;
        this.settings =
                CoreConfig.Settings.of(config, context.getBundleContext().getProperty("hms.data"));
        this.requiredRules = List.of(config.required_rules());
        this.supervisor = new Thread(this::supervise, "hmsach-core-supervisor");
        supervisor.setContextClassLoader(CoreEngine.class.getClassLoader());
        supervisor.start();
    }

    /** Opens the log, and after a failure opens it anew, which checks what is on disk. */
    private void supervise() {
        long pauseMs = FIRST_PAUSE_MS;
        while (!isStopping(0)) {
            CountDownLatch ended = new CountDownLatch(1);
            boolean ran = open(ended::countDown);
            while (ran && ended.getCount() > 0 && !isStopping(100)) {
                pauseMs = FIRST_PAUSE_MS;
            }
            close(ran);
            if (isStopping(pauseMs)) {
                return;
            }
            pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        }
    }

    private boolean open(Runnable onFailed) {
        long beganNs = System.nanoTime();
        try {
            core = Optional.of(Core.start(settings, requiredRules, this::say, onFailed));
            state = "running";
            LOG.info("Core open after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs));
            SERVICES.forEach(context::enableComponent);
            return true;
        } catch (RuntimeException | LinkageError e) {
            state = "failed: " + e.getMessage();
            LOG.error("The core cannot open its log in {}", settings.directory(), e);
            return false;
        }
    }

    private void close(boolean ran) {
        if (!ran) {
            return;
        }
        if (isStopping(0)) {
            state = "stopped";
        } else {
            state = "failed: " + core.map(c -> c.condition().detail()).orElse("");
            LOG.error("The log failed and is opened anew: {}", state);
            SERVICES.forEach(context::disableComponent);
        }
        core.ifPresent(Core::close);
        core = Optional.empty();
    }

    private boolean isStopping(long waitMs) {
        try {
            return stopping.await(waitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void say(String message) {
        state = "starting: " + message;
        LOG.info(message);
    }

    /** The running core; empty while it is starting and when it failed to start. */
    Optional<Core> core() {
        return core;
    }

    /** The running core, for services that are enabled only when there is one. */
    Core running() {
        return core.orElseThrow(() -> new IllegalStateException("the core is not running: " + state));
    }

    /** What it is doing, for people. */
    String state() {
        return state;
    }

    /** Takes a last snapshot and closes the log. */
    @Deactivate
    void stop() {
        stopping.countDown();
        try {
            supervisor.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
