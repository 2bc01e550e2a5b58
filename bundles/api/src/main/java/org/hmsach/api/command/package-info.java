/** What may be asked of the core: commands through the one door. */
@Export
@Version("0.1.0")
package org.hmsach.api.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
