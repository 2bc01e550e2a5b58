/** What governance modules and vendors implement: checks of orders before the door. */
@Export
@Version("0.1.0")
package org.hmsach.spi.gov;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
