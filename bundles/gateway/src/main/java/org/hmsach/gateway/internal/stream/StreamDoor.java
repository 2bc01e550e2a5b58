package org.hmsach.gateway.internal.stream;

import java.util.List;
import org.hmsach.api.module.SwitchListener;
import org.hmsach.gateway.internal.place.Servlets;
import org.hmsach.gateway.internal.place.Versions;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers {@code /stream} while this version of the gateway serves. Streams that are open stay with the version that
 * opened them until it stops; then they are told to come again, and go on behind the last event that they saw.
 */
@Component(service = SwitchListener.class, immediate = true)
public final class StreamDoor implements SwitchListener {
    private final Versions versions;
    private final Servlets servlets;

    @Activate
    public StreamDoor(BundleContext context, @Reference Hub hub, @Reference Versions versions) {
        this.versions = versions;
        this.servlets = new Servlets(
                context,
                List.of(new Servlets.Offer("hms-stream", List.of("/stream"), 0, new StreamServlet(hub), false)));
        switched();
    }

    @Override
    public void switched() {
        if (versions.isServing()) {
            servlets.show();
        }
    }

    @Deactivate
    void close() {
        servlets.close();
    }
}
