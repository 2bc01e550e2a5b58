/** What financial modules and vendors implement: fee schedules and payment rails. */
@Export
@Version("0.1.0")
package org.hmsach.spi.mfe;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
