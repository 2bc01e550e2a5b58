/** A broker as a venue: executions there are facts. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=vendor", "module=acme.broker"},
        version = "1.0.0")
package com.acme.broker;

import org.osgi.annotation.bundle.Capability;
