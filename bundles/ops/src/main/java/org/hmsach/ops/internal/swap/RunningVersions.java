package org.hmsach.ops.internal.swap;

import java.util.Optional;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.LoadFolder;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.BundleRack;
import org.hmsach.ops.internal.frame.RunningJars;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What runs under a name, and the way back to it. */
final class RunningVersions {
    private final BundleRack rack;
    private final RunningJars jars;
    private final DesiredFile desired;
    private final LoadFolder load;

    RunningVersions(BundleContext context, BundleRack rack, DesiredFile desired, LoadFolder load) {
        this.load = load;
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

    /** Why it cannot be moved here: what lies in the load folder is FileInstall's. Empty when it can. */
    String dropped(String module) {
        return rack.find(module)
                .map(Bundle::getLocation)
                .filter(load::holds)
                .map(location -> module + " lies in the load folder; replace or remove the file there: " + location)
                .orElse("");
    }
}
