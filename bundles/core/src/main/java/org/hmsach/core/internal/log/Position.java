package org.hmsach.core.internal.log;

/**
 * Where the log stands.
 *
 * @param entry the last applied entry
 * @param event the last event on the tape
 * @param snapshotEntry the entry of the newest snapshot known to this process, 0 when there is none
 */
public record Position(long entry, long event, long snapshotEntry) {
    static final Position START = new Position(0, 0, 0);
}
