@Capability(
        namespace = "org.hmsach.module",
        attribute = {
            "family=gov",
            "module=gov.checks",
            "rules:List<String>=\"gov.collar,gov.session,gov.instrument,gov.fatfinger\""
        },
        version = "0.1.0")
package org.hmsach.gov.checks.internal;

import org.osgi.annotation.bundle.Capability;
