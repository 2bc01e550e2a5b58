package org.hmsach.ops.internal.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hmsach.ops.internal.frame.BundleRack;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** What a bundle needs and nobody in the framework gives. */
final class Needs {
    private final BundleRack rack;

    Needs(BundleRack rack) {
        this.rack = rack;
    }

    List<String> missing(Bundle bundle) {
        List<String> missing = new ArrayList<>();
        for (BundleRequirement one : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            boolean optional = "optional".equals(one.getDirectives().get("resolution"));
            boolean later = "active".equals(one.getDirectives().get("effective"));
            if (!optional && !later && !rack.isGiven(one)) {
                missing.add(text(one));
            }
        }
        return missing;
    }

    /** What is asked for, and of a package the versions that are here. */
    private String text(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault("filter", "");
        if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
            return requirement.getNamespace() + " " + filter;
        }
        String name = filter.replaceAll(".*\\(osgi\\.wiring\\.package=([^)]*)\\).*", "$1");
        TreeSet<String> here = new TreeSet<>();
        for (BundleCapability exported : rack.given(PackageNamespace.PACKAGE_NAMESPACE)) {
            if (name.equals(exported.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))) {
                here.add(String.valueOf(exported.getAttributes().get("version")));
            }
        }
        return "package " + filter + (here.isEmpty() ? ", which nobody exports" : ", here in version " + here);
    }
}
