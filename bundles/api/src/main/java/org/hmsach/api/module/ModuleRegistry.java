package org.hmsach.api.module;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which modules are here. A bundle declares itself with
 * {@code Provide-Capability: org.hmsach.module;family=gov;module=gov.checks;version:Version=…}.
 *
 * <p>The modules of the three families that the platform knows are listed as ABSENT while they are not installed.
 */
@ProviderType
public interface ModuleRegistry {
    /** Capability namespace of modules. */
    String NAMESPACE = "org.hmsach.module";

    /** All modules, by family and name. */
    List<ModuleStatus> modules();

    /** One module by name. */
    Optional<ModuleStatus> module(String name);
}
