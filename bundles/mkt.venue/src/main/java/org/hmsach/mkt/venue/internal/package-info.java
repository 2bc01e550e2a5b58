/** Venues of the platform itself. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=mkt", "module=mkt.venue"})
package org.hmsach.mkt.venue.internal;

import org.osgi.annotation.bundle.Capability;
