/** Accounts, cash and positions as read from memory. */
@Export
@Version("0.1.0")
package org.hmsach.api.account;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
