package org.hmsach.ops.internal.frame;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * What the launcher of this framework answers. It shares nothing with bundles but the JDK's types.
 *
 * @param context of this bundle
 * @param name    of the service: {@code trust}, {@code repository}
 */
public record LauncherService(BundleContext context, String name) {
    /** The answer; empty where somebody else launched the framework. */
    @SuppressWarnings("rawtypes")
    public Optional<Map<String, String>> ask(Object about) {
        Collection<ServiceReference<Function>> found;
        try {
            found = context.getServiceReferences(Function.class, "(hms.service=" + name + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no name of a service: " + name, e);
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ServiceReference<Function> launcher = found.iterator().next();
        try {
            return Optional.of(apply(context.getService(launcher), about));
        } finally {
            context.ungetService(launcher);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> apply(Function<?, ?> launcher, Object about) {
        return ((Function<Object, Map<String, String>>) launcher).apply(about);
    }
}
