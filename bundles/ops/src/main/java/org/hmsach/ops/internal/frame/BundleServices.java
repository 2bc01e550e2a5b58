package org.hmsach.ops.internal.frame;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The services of one type that some bundles offer. Holds them: one that nobody held would be made anew each time.
 *
 * @param <T> the type
 */
public final class BundleServices<T> implements AutoCloseable {
    private final LongPredicate bundles;
    private final ServiceTracker<T, T> tracker;

    /** @param bundles those whose services count, asked each time */
    public BundleServices(BundleContext context, Class<T> type, LongPredicate bundles) {
        this.bundles = bundles;
        this.tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
    }

    /** Those that are here now, in ascending order of ranking. */
    public List<T> all() {
        return all(reference -> true);
    }

    /** Those of them that have the property with the value true. */
    public List<T> marked(String property) {
        return all(reference -> Boolean.TRUE.equals(reference.getProperty(property)));
    }

    private List<T> all(Predicate<ServiceReference<T>> wanted) {
        return tracker.getTracked().entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .filter(entry -> entry.getKey().getBundle() != null
                        && bundles.test(entry.getKey().getBundle().getBundleId()))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void close() {
        tracker.close();
    }
}
