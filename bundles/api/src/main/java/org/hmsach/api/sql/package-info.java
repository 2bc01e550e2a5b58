/** Persistence units over the one SQL data source. */
@Export
@Version("0.1.0")
package org.hmsach.api.sql;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
