package org.hmsach.core.internal.service;

import java.util.List;
import java.util.Optional;
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

    private final ComponentContext context;
    private final LogSettings settings;
    private final List<String> requiredRules;
    private final Thread starter;
    private volatile Optional<Core> core = Optional.empty();
    private volatile String state = "starting";
    private volatile boolean stopping;

    /** Begins to open the log. */
    @Activate
    public CoreEngine(ComponentContext context, CoreConfig config) {
        this.context = context;
        this.settings =
                CoreConfig.Settings.of(config, context.getBundleContext().getProperty("hms.data"));
        this.requiredRules = List.of(config.required_rules());
        this.starter = new Thread(this::start, "hmsach-core-start");
        starter.setContextClassLoader(CoreEngine.class.getClassLoader());
        starter.start();
    }

    private void start() {
        long beganNs = System.nanoTime();
        try {
            Core started = Core.start(settings, requiredRules, this::say);
            if (stopping) {
                started.close();
                return;
            }
            core = Optional.of(started);
            state = "running";
            LOG.info("Core open after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs));
            SERVICES.forEach(context::enableComponent);
        } catch (RuntimeException | LinkageError e) {
            state = "failed: " + e.getMessage();
            LOG.error("The core cannot open its log in {}", settings.directory(), e);
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
        stopping = true;
        try {
            starter.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        core.ifPresent(Core::close);
        core = Optional.empty();
        state = "stopped";
    }
}
