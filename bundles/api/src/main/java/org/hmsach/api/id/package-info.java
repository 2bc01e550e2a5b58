/** Outside identifiers: UUIDv8 made of cluster, entry number and index. */
@Export
@Version("0.1.0")
package org.hmsach.api.id;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
