/** SQL for everyone and the read models. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=platform", "module=store"},
        version = "0.1.0")
package org.hmsach.store.internal;

import org.osgi.annotation.bundle.Capability;
