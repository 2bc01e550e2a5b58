/** One pre-trade check: the largest order in shares. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=vendor", "module=acme.max-shares"},
        version = "1.0.0")
package com.acme.maxshares;

import org.osgi.annotation.bundle.Capability;
