/**
 * HTTP in and out. Lower packages first: json, problem, clock, board, guard and place, edge, trading, stream and show.
 */
@Capability(
        namespace = "org.hmsach.module",
        attribute = {"family=platform", "module=gateway"},
        version = "0.1.0")
package org.hmsach.gateway.internal;

import org.osgi.annotation.bundle.Capability;
