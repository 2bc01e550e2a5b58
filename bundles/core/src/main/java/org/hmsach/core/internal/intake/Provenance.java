package org.hmsach.core.internal.intake;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.registry.BundleDigest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Whose code gave a verdict: SHA-256 of the jar and who signed it, as the launcher says. Both stand among the inputs of
 * the verdict, so that they are journalled with the order. Thread-safe.
 */
final class Provenance {
    /** Input with the digest, hexadecimal. */
    static final String DIGEST = "module.digest";
    /** Input with the signer's name; not there when nobody signed. */
    static final String SIGNER = "module.signer";
    /** So many inputs are left to a check. */
    static final int OWN_INPUTS = Verdict.MAX_INPUTS - 2;

    private static final String TRUST = "(hms.service=trust)";
    private static final int MAX_SIGNER = 64;

    private final BundleContext context;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    private record Known(long lastModified, Map<String, String> inputs) {}

    Provenance(BundleContext context) {
        this.context = context;
    }

    /** What is to be added to the verdicts of a bundle. */
    Map<String, String> of(long bundleId) {
        Bundle bundle = context.getBundle(bundleId);
        if (bundle == null) {
            known.remove(bundleId);
            return Map.of();
        }
        long modified = bundle.getLastModified();
        Known one = known.get(bundleId);
        if (one == null || one.lastModified() != modified) {
            one = new Known(modified, ask(bundle));
            known.put(bundleId, one);
        }
        return one.inputs();
    }

    /** The verdict with where it comes from. */
    static Verdict marked(Verdict verdict, Map<String, String> provenance) {
        if (provenance.isEmpty()) {
            return verdict;
        }
        Map<String, String> inputs = new TreeMap<>(verdict.inputs());
        inputs.putAll(provenance);
        return new Verdict(
                verdict.rule(), verdict.allowed(), verdict.reason(), verdict.policyVersion(), verdict.detail(), inputs);
    }

    private Map<String, String> ask(Bundle bundle) {
        Map<String, String> told = trust(bundle);
        Map<String, String> inputs = new TreeMap<>();
        String digest = told.getOrDefault("digest", "");
        inputs.put(DIGEST, digest.isEmpty() ? BundleDigest.of(bundle) : digest);
        String signer = told.getOrDefault("signer", "");
        inputs.put(SIGNER, signer.substring(0, Math.min(signer.length(), MAX_SIGNER)));
        inputs.values().removeIf(String::isEmpty);
        return Map.copyOf(inputs);
    }

    /** The launcher and this bundle share nothing but the JDK's types. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private Map<String, String> trust(Bundle bundle) {
        Collection<ServiceReference<Function>> found;
        try {
            found = context.getServiceReferences(Function.class, TRUST);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("the filter is a constant", e);
        }
        if (found.isEmpty()) {
            return Map.of();
        }
        ServiceReference<Function> launcher = found.iterator().next();
        try {
            return ((Function<Object, Map<String, String>>) context.getService(launcher)).apply(bundle);
        } finally {
            context.ungetService(launcher);
        }
    }
}
