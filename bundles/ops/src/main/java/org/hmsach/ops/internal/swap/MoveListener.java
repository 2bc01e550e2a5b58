package org.hmsach.ops.internal.swap;

import org.osgi.framework.Bundle;

/** Hears that the callers of a module are about to move, while the version they leave still serves. */
public interface MoveListener {
    /** What stands beside the module must be gone when this returns, but for the bundle that is to serve. */
    void beforeMove(String module, Bundle to);
}
