package org.hmsach.gateway.internal.place;

/** Requests that are under way in this version of the gateway: it is not stopped before they have left. */
@FunctionalInterface
public interface Visits {
    /** One comes in. @return to be run once, when it has its answer */
    Runnable enter();
}
