package org.hmsach.ops.internal.swap;

/** What takes a module out. */
public interface Removal {
    /** Takes it out and lets the desired set know. */
    void run() throws Refused;
}
