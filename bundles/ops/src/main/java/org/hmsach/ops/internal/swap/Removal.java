package org.hmsach.ops.internal.swap;

/** What a removal asks of whoever keeps the desired set. */
public interface Removal {
    /** Refuses what is not a module, and what nobody could ask back for. */
    void requireRemovable(String module) throws Refused;

    /** Keeps the module away at the next start, whatever comes of its stop. */
    void forget(String module);
}
