/** The three kinds of failure that cross a boundary: refused, unavailable, and never a bug. */
@Export
@Version("0.1.0")
package org.hmsach.api.refusal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
