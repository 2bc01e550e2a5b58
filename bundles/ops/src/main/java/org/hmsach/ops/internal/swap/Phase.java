package org.hmsach.ops.internal.swap;

/** Where an operation is. */
public enum Phase {
    STAGE,
    OVERLAP,
    /** State outside the core goes from one form to another; on the way back, too. */
    TRANSFORM,
    SWITCH,
    DRAIN,
    WATCH,
    REMOVE,
    /** The new version is the desired one. */
    DONE,
    /** Nothing moved: the old version serves as before. */
    REFUSED,
    /** The old version serves again. */
    ROLLED_BACK,
    /** Neither went as it should; the last step says what runs. */
    FAILED;

    /** Whether nothing more will happen. */
    public boolean isEnd() {
        return this == DONE || this == REFUSED || this == ROLLED_BACK || this == FAILED;
    }
}
