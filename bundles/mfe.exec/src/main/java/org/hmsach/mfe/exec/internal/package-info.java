/** Carries orders to venues and their answers to the door. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=mfe", "module=mfe.exec"})
package org.hmsach.mfe.exec.internal;

import org.osgi.annotation.bundle.Capability;
