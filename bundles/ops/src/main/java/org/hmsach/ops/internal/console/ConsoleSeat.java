package org.hmsach.ops.internal.console;

import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Offers the Web Console's login when no other version of this bundle does: the console knows providers by their name
 * only, and of two with one name it forgets both when one goes.
 */
@Component(service = ConsoleSeat.class, immediate = true)
public final class ConsoleSeat {
    private static final String LOGIN = "org.hmsach.ops.internal.console.ConsoleLogin";

    private final ComponentContext components;
    private final BundleContext context;
    private final SynchronousBundleListener listener = event -> sitDown();

    /** Waits for the seat. */
    @Activate
    public ConsoleSeat(ComponentContext components) {
        this.components = components;
        this.context = components.getBundleContext();
        context.addBundleListener(listener);
        sitDown();
    }

    private void sitDown() {
        Bundle own = context.getBundle();
        boolean taken = Arrays.stream(context.getBundles())
                .filter(other -> own.getSymbolicName().equals(other.getSymbolicName()))
                .filter(other -> other.getBundleId() != own.getBundleId())
                .anyMatch(other -> (other.getState() & (Bundle.ACTIVE | Bundle.STOPPING)) != 0);
        if (!taken) {
            context.removeBundleListener(listener);
            components.enableComponent(LOGIN);
        }
    }

    @Deactivate
    void standUp() {
        context.removeBundleListener(listener);
    }
}
