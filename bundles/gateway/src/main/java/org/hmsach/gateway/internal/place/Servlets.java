package org.hmsach.gateway.internal.place;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.util.Collection;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * The servlets that this version of the gateway offers to the HTTP service once it serves. Each is ranked above the one
 * of the same name that another version offers: the HTTP service moves the paths in one step and at no moment has none.
 */
public final class Servlets implements AutoCloseable {
    private static final String NAME = "osgi.http.whiteboard.servlet.name";

    /**
     * A servlet.
     *
     * @param name     its name, the same in every version
     * @param patterns the paths it answers
     * @param ranking  where no other version is
     * @param servlet  what answers
     * @param errors   whether it is given, as errors, the requests whose servlet was taken back before it was called
     */
    public record Offer(String name, List<String> patterns, int ranking, Servlet servlet, boolean errors) {}

    private final BundleContext context;
    private final List<Offer> offers;
    private final Map<String, ServiceRegistration<Servlet>> shown = new HashMap<>();

    /** Nothing is offered yet. */
    public Servlets(BundleContext context, List<Offer> offers) {
        this.context = context;
        this.offers = List.copyOf(offers);
    }

    /** Stands above every other version; requests come here when this returns. */
    public synchronized void show() {
        offers.stream().filter(this::isHidden).forEach(offer -> {
            ServiceRegistration<Servlet> before = shown.put(offer.name(), register(offer));
            if (before != null) {
                before.unregister();
            }
        });
    }

    private boolean isHidden(Offer offer) {
        ServiceRegistration<Servlet> mine = shown.get(offer.name());
        return mine == null || ranking(mine.getReference()) < top(offer.name()).orElse(offer.ranking());
    }

    private ServiceRegistration<Servlet> register(Offer offer) {
        OptionalInt top = top(offer.name());
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(NAME, offer.name());
        properties.put("osgi.http.whiteboard.servlet.pattern", offer.patterns().toArray(String[]::new));
        properties.put("osgi.http.whiteboard.servlet.asyncSupported", true);
        properties.put("osgi.http.whiteboard.servlet.loadOnStartup", 1);
        if (offer.errors()) {
            properties.put("osgi.http.whiteboard.servlet.errorPage", ServletException.class.getName());
        }
        properties.put(Constants.SERVICE_RANKING, top.isPresent() ? top.getAsInt() + 1 : offer.ranking());
        return context.registerService(Servlet.class, offer.servlet(), properties);
    }

    private OptionalInt top(String name) {
        try {
            Collection<ServiceReference<Servlet>> all =
                    context.getServiceReferences(Servlet.class, "(" + NAME + "=" + name + ")");
            return all.stream().mapToInt(Servlets::ranking).max();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("no servlet name: " + name, e);
        }
    }

    private static int ranking(ServiceReference<Servlet> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    /** Takes them back. */
    @Override
    public synchronized void close() {
        shown.values().forEach(ServiceRegistration::unregister);
        shown.clear();
    }
}
