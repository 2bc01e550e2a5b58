package org.hmsach.gateway.internal.place;

/** Requests that are under way in this version of the gateway: it is not stopped before they have left. */
public interface Visits {
    /** One comes in. @return false when it is not counted, and then does not {@link #leave} */
    boolean enter();

    /** One that was counted has its answer. */
    void leave();
}
