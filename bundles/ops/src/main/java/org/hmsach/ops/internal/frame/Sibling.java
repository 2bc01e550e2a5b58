package org.hmsach.ops.internal.frame;

import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Another version of this bundle in the same framework. Two versions share no class but the JDK's, so each is to the
 * other a service {@code Function} of maps.
 *
 * @param context of this bundle
 */
public record Sibling(BundleContext context) {
    private static final String MARK = "org.hmsach.ops.sibling";

    /** Answers the other version from now on. */
    @SuppressWarnings("rawtypes")
    public ServiceRegistration<Function> answer(Function<Map<String, Object>, Map<String, Object>> answers) {
        return context.registerService(Function.class, answers, new Hashtable<>(Map.of(MARK, true)));
    }

    /** Asks another version. @param bundles which may be asked @return its answer; empty when there is none */
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Optional<Map<String, Object>> ask(LongPredicate bundles, Map<String, Object> question) {
        Optional<Function> other;
        try {
            long own = context.getBundle().getBundleId();
            try (BundleServices<Function> others =
                    new BundleServices<>(context, Function.class, id -> id != own && bundles.test(id))) {
                other = others.marked(MARK).stream().findFirst();
            }
        } catch (IllegalStateException e) {
            return Optional.empty(); // this bundle goes just now: it has nobody to ask any more
        }
        return other.map(one -> ((Function<Map<String, Object>, Map<String, Object>>) one).apply(question));
    }
}
