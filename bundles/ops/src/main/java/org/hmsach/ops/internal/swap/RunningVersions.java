package org.hmsach.ops.internal.swap;

import java.util.Optional;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.BundleRack;
import org.hmsach.ops.internal.frame.RunningJars;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What runs under a name, and the way back to it. */
final class RunningVersions {
    private static final int MODULE_START_LEVEL = 60;

    private final BundleRack rack;
    private final RunningJars jars;
    private final DesiredFile desired;

    RunningVersions(BundleContext context, BundleRack rack, DesiredFile desired) {
        this.rack = rack;
        this.jars = new RunningJars(context);
        this.desired = desired;
    }

    /** What runs under the name. */
    Version of(String module) {
        return rack.find(module)
                .map(bundle -> new Version(
                        bundle.getVersion().toString(),
                        jars.jar(bundle).map(StagedJar::digest).orElse("")))
                .orElse(Version.NONE);
    }

    /** Keeps the jar, for the way back after the framework has let it go. @return what runs under the name */
    Optional<Bundle> kept(String module) {
        Optional<Bundle> bundle = rack.find(module);
        bundle.flatMap(jars::jar).ifPresent(jar -> desired.keep(jar.path(), jar.digest()));
        return bundle;
    }

    /** Where the next version of it belongs. */
    int startLevel(String module) {
        DesiredEntry entry = desired.entries().get(module);
        return entry == null ? MODULE_START_LEVEL : entry.startLevel();
    }
}
