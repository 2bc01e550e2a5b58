/** Orders, their states and executions, in FIX terms. */
@Export
@Version("0.1.0")
package org.hmsach.api.order;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
