package org.hmsach.ops.internal.frame;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.ops.internal.desired.StagedJar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The jars that bundles really run from, read once for each content. */
public final class RunningJars {
    private record Content(long bundleId, long modifiedMs) {}

    private final BundleContext context;
    private final Map<Content, StagedJar> known = new ConcurrentHashMap<>();

    /** Over the whole framework. */
    public RunningJars(BundleContext context) {
        this.context = context;
    }

    /** The jar; empty when it is not in the framework's cache. */
    public Optional<StagedJar> jar(Bundle bundle) {
        Content content = new Content(bundle.getBundleId(), bundle.getLastModified());
        StagedJar before = known.get(content);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<StagedJar> read = InstalledJar.of(context, bundle).map(path -> {
            try {
                return StagedJar.read(path);
            } catch (StagedJar.NotABundle e) {
                throw new IllegalStateException(bundle + " runs from a jar that is no bundle", e);
            }
        });
        read.ifPresent(jar -> {
            known.keySet().removeIf(old -> old.bundleId() == content.bundleId());
            known.put(content, jar);
        });
        return read;
    }
}
