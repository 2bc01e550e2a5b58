/** The first version of the demo's settled-cash rule. */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=vendor", "module=demo.settled-cash"},
        version = "1.0.0")
package org.hmsach.demo.settledcash.first;

import org.osgi.annotation.bundle.Capability;
