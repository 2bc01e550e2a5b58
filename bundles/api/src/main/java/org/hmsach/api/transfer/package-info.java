/** Cash transfers between an account and a bank. */
@Export
@Version("0.1.0")
package org.hmsach.api.transfer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
