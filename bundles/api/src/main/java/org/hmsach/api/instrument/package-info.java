/** What can be traded, as journalled. */
@Export
@Version("0.1.0")
package org.hmsach.api.instrument;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
