/** The portfolio service registry: which modules are here, in which state. */
@Export
@Version("0.1.0")
package org.hmsach.api.module;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
