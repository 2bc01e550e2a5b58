/** What market modules and vendors implement: feeds, prices, clock, calendar, venues. */
@Export
@Version("0.1.0")
package org.hmsach.spi.mkt;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
