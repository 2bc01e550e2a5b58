/** Who is calling: people, roles, keys, sessions. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=platform", "module=identity"},
        version = "0.1.0")
package org.hmsach.identity.internal;

import org.osgi.annotation.bundle.Capability;
