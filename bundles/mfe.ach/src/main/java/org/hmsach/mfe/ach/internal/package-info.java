/** Transfers of cash over payment rails. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=mfe", "module=mfe.ach"})
package org.hmsach.mfe.ach.internal;

import org.osgi.annotation.bundle.Capability;
