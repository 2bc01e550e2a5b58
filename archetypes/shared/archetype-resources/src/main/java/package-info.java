/** A module of HMS-ACH: a @kind@. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=vendor", "module=${artifactId}"},
        version = "1.0.0")
package ${package};

import org.osgi.annotation.bundle.Capability;
