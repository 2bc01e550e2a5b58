/** Read models kept in SQL: order history, activities, value history. */
@Export
@Version("0.1.0")
package org.hmsach.api.history;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
