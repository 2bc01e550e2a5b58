/** Verdicts of rules, and the limits that the machine applies. */
@Export
@Version("0.1.0")
package org.hmsach.api.rule;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
