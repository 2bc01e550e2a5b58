@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=mkt", "module=mkt.data"},
        version = "0.1.0")
package org.hmsach.mkt.data.internal;

import org.osgi.annotation.bundle.Capability;
