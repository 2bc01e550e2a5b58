package org.hmsach.core.internal.service;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Enables the core's services when its log is open and disables them when it failed: who sees a Door or a Portfolio
 * sees the whole truth.
 */
@Component(service = CoreEngine.class, immediate = true, configurationPid = CoreConfig.PID)
@Designate(ocd = CoreConfig.class)
public final class CoreEngine {
    private static final List<String> SERVICES = List.of(
            DoorService.class.getName(),
            PortfolioService.class.getName(),
            TapeService.class.getName(),
            ControlService.class.getName());

    private final CoreSupervisor supervisor;

    /** Begins to open the log. */
    @Activate
    public CoreEngine(ComponentContext context, CoreConfig config) {
        this.supervisor = new CoreSupervisor(
                CoreConfig.Settings.of(config, context.getBundleContext().getProperty("hms.data")),
                List.of(config.required_rules()),
                new CoreSupervisor.Listener() {
                    @Override
                    public void onOpen(Core core) {
                        SERVICES.forEach(context::enableComponent);
                    }

                    @Override
                    public void onFailed(String why) {
                        SERVICES.forEach(context::disableComponent);
                    }
                });
    }

    /** The running core; empty while it is starting and when it failed to start. */
    Optional<Core> core() {
        return supervisor.core();
    }

    /** The running core, for services that are enabled only when there is one. */
    Core running() {
        return core().orElseThrow(() -> new IllegalStateException("the core is not running: " + state()));
    }

    /** What it is doing, for people. */
    String state() {
        return supervisor.state();
    }

    /** Takes a last snapshot and closes the log. */
    @Deactivate
    void stop() {
        supervisor.close();
    }
}
