/** Exact amounts, prices and quantities as scaled longs. */
@Export
@Version("0.1.0")
package org.hmsach.api.money;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
