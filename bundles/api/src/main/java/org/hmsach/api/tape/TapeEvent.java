package org.hmsach.api.tape;

/** An event on the tape; one of the records nested in {@link Events}. New kinds may come: ignore the unknown. */
public interface TapeEvent {
    /** Number, entry, time and origin. */
    EventHeader header();

    /** Calls the listener's method for this kind of event. */
    void deliver(TapeListener listener);
}
