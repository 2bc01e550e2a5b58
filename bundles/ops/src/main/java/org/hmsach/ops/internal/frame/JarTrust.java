package org.hmsach.ops.internal.frame;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * What the launcher says about whose bundles may run. The launcher also sees to it that no others do; here it is asked
 * for reasons and names. A framework that somebody else launched has no such service: then nobody judges.
 */
public final class JarTrust {
    private static final String FILTER = "(hms.service=trust)";

    private final BundleContext context;

    /** Asks the launcher of this framework. */
    public JarTrust(BundleContext context) {
        this.context = context;
    }

    /**
     * An answer.
     *
     * @param mode          {@code on}, {@code off} (everything runs), or {@code none} (nobody judges)
     * @param trusted       whether it may run
     * @param digest        SHA-256 of the jar, hexadecimal; empty when nobody judges
     * @param signer        who answers for it; empty when nobody does
     * @param reason        why nobody does; empty when somebody does
     * @param refusedUpdate of a bundle: why its last update was undone; empty when none was
     */
    public record Answer(
            String mode, boolean trusted, String digest, String signer, String reason, String refusedUpdate) {
        private static final Answer NOBODY = new Answer("none", true, "", "", "", "");
    }

    /** Of an installed bundle. */
    public Answer of(Bundle bundle) {
        return ask(bundle);
    }

    /** Of a jar that is not installed yet. */
    public Answer of(Path jar) {
        return ask(jar);
    }

    /** All installed bundles that may not run. */
    public List<Bundle> refused() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> !of(bundle).trusted())
                .toList();
    }

    @SuppressWarnings("rawtypes")
    private Answer ask(Object about) {
        Collection<ServiceReference<Function>> found;
        try {
            found = context.getServiceReferences(Function.class, FILTER);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("the filter is a constant", e);
        }
        if (found.isEmpty()) {
            return Answer.NOBODY;
        }
        ServiceReference<Function> launcher = found.iterator().next();
        try {
            return answer(context.getService(launcher), about);
        } finally {
            context.ungetService(launcher);
        }
    }

    @SuppressWarnings("unchecked") // the launcher and this bundle share nothing but the JDK's types
    private static Answer answer(Function<?, ?> launcher, Object about) {
        Map<String, String> told = ((Function<Object, Map<String, String>>) launcher).apply(about);
        return new Answer(
                told.getOrDefault("mode", ""),
                Boolean.parseBoolean(told.get("trusted")),
                told.getOrDefault("digest", ""),
                told.getOrDefault("signer", ""),
                told.getOrDefault("reason", ""),
                told.getOrDefault("refusedUpdate", ""));
    }
}
