package org.hmsach.gateway.internal.board;

import java.util.List;
import java.util.Map;

/** What is served right now. */
public interface ActiveResources {
    /** Resources by base path. */
    Map<String, List<Resource>> active();

    /** Whether all changes told so far are active. */
    boolean isSettled();

    /** What is not as it was offered, or is not answered as it should be; told once all is settled. */
    List<String> troubles();

    /** Number of switches of a base path so far. */
    long switches();
}
