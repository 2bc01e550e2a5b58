/** What HTTP resources share: problems, validated bodies, the outcome clock. */
@Export
@Version("0.1.0")
package org.hmsach.api.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
