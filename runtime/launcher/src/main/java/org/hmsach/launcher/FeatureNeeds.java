package org.hmsach.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/**
 * What a feature asks of others, read from the requirements and capabilities of the bundles.
 *
 * @param needs   by feature (or {@code a or b}), what it must have from there: packages, services, …
 * @param uses    the same of what it takes where it is there
 * @param missing what it must have and no feature brings
 */
public record FeatureNeeds(Map<String, Set<String>> needs, Map<String, Set<String>> uses, Set<String> missing) {
    private static final String SERVICE = "osgi.service";
    private static final String OBJECT_CLASS = "objectClass";

    /** Reads them for every feature. @param bundles of each feature */
    public static Map<String, FeatureNeeds> of(Map<String, List<Path>> bundles, Resolution resolution) {
        Index index = new Index();
        index.add("", resolution.framework());
        bundles.forEach((feature, jars) -> jars.forEach(jar -> index.add(feature, resolution.bundle(jar))));
        Map<String, FeatureNeeds> all = new TreeMap<>();
        bundles.forEach((feature, jars) -> {
            FeatureNeeds needs = new FeatureNeeds(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
            jars.forEach(jar -> revision(resolution.bundle(jar))
                    .getDeclaredRequirements(null)
                    .forEach(one -> needs.add(feature, one, index)));
            all.put(feature, needs);
        });
        return all;
    }

    private void add(String feature, BundleRequirement requirement, Index index) {
        Map<String, String> directives = requirement.getDirectives();
        String resolution = directives.getOrDefault(Constants.RESOLUTION_DIRECTIVE, "");
        boolean optional = resolution.equals(Constants.RESOLUTION_OPTIONAL) || resolution.equals("dynamic");
        boolean service = requirement.getNamespace().equals(SERVICE);
        String effective = directives.getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, "resolve");
        if (!service && !effective.equals("resolve")) {
            return;
        }
        Map<String, String> providers = index.providers(requirement);
        if (providers.containsKey("") || providers.containsKey(feature)) {
            return; // the framework's, or its own
        }
        if (providers.isEmpty()) {
            if (!optional && !service) { // services need not be declared by those who offer them
                missing.add(text(requirement));
            }
            return;
        }
        String from = providers.containsKey(Settings.CORE) ? Settings.CORE : String.join(" or ", providers.keySet());
        (optional ? uses : needs)
                .computeIfAbsent(from, key -> new TreeSet<>())
                .addAll(new TreeSet<>(providers.values()));
    }

    private static String text(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault("filter", requirement.toString());
        return requirement.getRevision().getSymbolicName() + " " + requirement.getNamespace() + " " + filter;
    }

    private static BundleRevision revision(Bundle bundle) {
        return bundle.adapt(BundleRevision.class);
    }

    /** Capabilities by what a filter asks for first, for there are some thousands. */
    private static final class Index {
        private record Offer(String feature, BundleCapability capability) {}

        private final Map<String, List<Offer>> byNamespace = new HashMap<>();
        private final Map<String, List<Offer>> byValue = new HashMap<>();

        void add(String feature, Bundle bundle) {
            for (BundleCapability one : revision(bundle).getDeclaredCapabilities(null)) {
                Offer offer = new Offer(feature, one);
                byNamespace
                        .computeIfAbsent(one.getNamespace(), key -> new ArrayList<>())
                        .add(offer);
                for (String value : values(one)) {
                    byValue.computeIfAbsent(one.getNamespace() + ' ' + value, key -> new ArrayList<>())
                            .add(offer);
                }
            }
        }

        /** What fulfils the requirement, in words, by feature. */
        Map<String, String> providers(BundleRequirement requirement) {
            String namespace = requirement.getNamespace();
            Optional<String> value = value(requirement);
            List<Offer> offers = value.map(one -> byValue.getOrDefault(namespace + ' ' + one, List.of()))
                    .orElseGet(() -> byNamespace.getOrDefault(namespace, List.of()));
            Map<String, String> found = new TreeMap<>();
            for (Offer one : offers) {
                if (requirement.matches(one.capability())) {
                    String what = value.orElseGet(() -> String.join(", ", values(one.capability())));
                    found.putIfAbsent(one.feature(), word(namespace) + " " + what);
                }
            }
            return found;
        }

        private static String word(String namespace) {
            return namespace.equals(PackageNamespace.PACKAGE_NAMESPACE)
                    ? "package"
                    : namespace.replaceFirst("^osgi\\.(wiring\\.)?", "");
        }

        /** What the filter asks for by name; empty when it is not one name. */
        private static Optional<String> value(BundleRequirement requirement) {
            String key = key(requirement.getNamespace());
            List<String> values = Pattern.compile("\\(" + Pattern.quote(key) + "=([^)*\\\\]+)\\)")
                    .matcher(requirement.getDirectives().getOrDefault("filter", ""))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
        }

        private static String key(String namespace) {
            return namespace.equals(SERVICE) ? OBJECT_CLASS : namespace;
        }

        private static List<String> values(BundleCapability capability) {
            Object value = capability.getAttributes().get(key(capability.getNamespace()));
            if (value instanceof Collection<?> many) {
                return many.stream().map(String::valueOf).toList();
            }
            return value == null ? List.of() : List.of(value.toString());
        }
    }
}
