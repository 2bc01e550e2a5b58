/** What the core decided: numbered events, pulled from a position. */
@Export
@Version("0.1.0")
package org.hmsach.api.tape;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
