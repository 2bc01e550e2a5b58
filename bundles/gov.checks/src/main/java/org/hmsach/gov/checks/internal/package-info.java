@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=gov", "module=gov.checks"},
        version = "0.1.0")
package org.hmsach.gov.checks.internal;

import org.osgi.annotation.bundle.Capability;
