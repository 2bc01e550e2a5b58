/** The way in for orders: checks and prices attached, then the door. */
@Export
@Version("0.1.0")
package org.hmsach.api.intake;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
