package org.hmsach.api.module;

/** State of a module in the registry. */
public enum ModuleState {
    ABSENT,
    STARTING,
    ACTIVE,
    /** Was active, is being replaced; callers wait for it within bounds. */
    PARKED,
    /** Runs beside the version that serves; nobody uses its answers. */
    SHADOW,
    FAILED
}
