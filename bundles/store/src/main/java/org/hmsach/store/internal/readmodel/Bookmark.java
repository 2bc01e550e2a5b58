package org.hmsach.store.internal.readmodel;

import org.hmsach.api.tape.EventHeader;

/**
 * How far the read models are, as read once.
 *
 * @param applied      number of the last event they hold
 * @param fence        who may write
 * @param modelVersion version of the code that made the rows
 * @param check        an event that was applied
 */
record Bookmark(long applied, long fence, int modelVersion, Check check) {
    /** Enough of an event to tell it from the event of that number on another tape; number 0: none. */
    record Check(long number, long entry, long timeMs) {
        static Check of(EventHeader header) {
            return new Check(header.number(), header.entry(), header.timeMs());
        }
    }

    Bookmark movedTo(long number, Check latest) {
        return new Bookmark(number, fence, modelVersion, latest);
    }
}
