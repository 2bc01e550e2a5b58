/** Serves the browser application. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=platform", "module=web"},
        version = "0.1.0")
package org.hmsach.web.internal;

import org.osgi.annotation.bundle.Capability;
