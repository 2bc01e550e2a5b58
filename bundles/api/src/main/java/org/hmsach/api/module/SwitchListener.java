package org.hmsach.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/** A service of whoever keeps what it chose among services: told when {@link ModuleSwitch} has moved callers. */
@ConsumerType
public interface SwitchListener {
    /** Ask {@link ModuleSwitch#serves} again and move; returns when no new call goes to the old one. */
    void switched();
}
