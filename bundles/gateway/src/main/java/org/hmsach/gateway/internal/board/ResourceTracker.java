package org.hmsach.gateway.internal.board;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts every service with {@code osgi.jakartars.resource=true} on the board. Its job is services of other bundles whose
 * types it cannot know, which is why it is one of the few classes that see a BundleContext.
 */
public final class ResourceTracker implements ServiceTrackerCustomizer<Object, Resource>, AutoCloseable {
    /** Service property: the path before the resource's own {@code @Path}. */
    public static final String BASE = "hms.base";

    private static final Logger LOG = LoggerFactory.getLogger(ResourceTracker.class);
    private static final String BASE_SHAPE = "(/[A-Za-z0-9._:-]+)+";

    private final BundleContext context;
    private final Board board;
    private final ServiceTracker<Object, Resource> tracker;

    public ResourceTracker(BundleContext context, Board board) {
        this.context = context;
        this.board = board;
        try {
            tracker = new ServiceTracker<>(context, FrameworkUtil.createFilter("(osgi.jakartars.resource=true)"), this);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins with what is there. */
    public void open() {
        tracker.open();
    }

    @Override
    public Resource addingService(ServiceReference<Object> reference) {
        if (isOfAnotherVersion(reference)) {
            return null; // each version of the gateway answers with its own
        }
        Object base = reference.getProperty(BASE);
        if (!(base instanceof String path) || !path.matches(BASE_SHAPE)) {
            LOG.error("{} has no {} like /v2/orders, it is not served", reference, BASE);
            return null;
        }
        Object object = context.getService(reference);
        if (object == null) {
            return null;
        }
        Object name = reference.getProperty("osgi.jakartars.name");
        Resource resource = new Resource(
                name instanceof String text ? text : object.getClass().getName(),
                path,
                reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0,
                (Long) reference.getProperty(Constants.SERVICE_ID),
                new Resource.Offering(
                        reference.getBundle().getBundleId(),
                        reference.getBundle().getSymbolicName()),
                object);
        board.add(resource);
        return resource;
    }

    private boolean isOfAnotherVersion(ServiceReference<Object> reference) {
        Bundle own = context.getBundle();
        Bundle other = reference.getBundle();
        return other != null
                && other.getBundleId() != own.getBundleId()
                && own.getSymbolicName().equals(other.getSymbolicName());
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, Resource resource) {
        // name, base and ranking of a resource do not change while it is registered
    }

    @Override
    public void removedService(ServiceReference<Object> reference, Resource resource) {
        board.remove(resource);
        context.ungetService(reference);
    }

    @Override
    public void close() {
        tracker.close();
    }
}
