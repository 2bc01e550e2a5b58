/** Modules at run time: desired set, replacement, shadows, consoles, backups. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=platform", "module=ops"},
        version = "0.1.0")
package org.hmsach.ops.internal;

import org.osgi.annotation.bundle.Capability;
