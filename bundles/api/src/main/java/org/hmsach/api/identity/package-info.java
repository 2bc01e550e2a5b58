/** Who is calling, with which roles. */
@Export
@Version("0.1.0")
package org.hmsach.api.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
