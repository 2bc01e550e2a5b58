package org.hmsach.core.internal.registry;

import java.util.ArrayList;
import java.util.List;
import org.hmsach.api.module.ModuleRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What a bundle's manifest says about modules. */
final class BundleModules {
    private BundleModules() {}

    /** One declared module. */
    record Declared(String family, String module) {}

    static List<Declared> of(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<Declared> modules = new ArrayList<>();
        if (revision != null) {
            for (BundleCapability capability : revision.getDeclaredCapabilities(ModuleRegistry.NAMESPACE)) {
                Object module = capability.getAttributes().get("module");
                Object family = capability.getAttributes().get("family");
                if (module != null && family != null) {
                    modules.add(new Declared(family.toString(), module.toString()));
                }
            }
        }
        return modules;
    }
}
