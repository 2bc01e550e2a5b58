/** Reads from the core's memory. */
@Export
@Version("0.1.0")
package org.hmsach.api.portfolio;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
