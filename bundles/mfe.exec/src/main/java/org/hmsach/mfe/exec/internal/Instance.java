package org.hmsach.mfe.exec.internal;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** One life of this module. Its request ids tell its own openings from those of an overlapping one. */
final class Instance {
    private static final String FAREWELL = "bye";

    private final String prefix = "exec-" + UUID.randomUUID() + "-";
    private final AtomicLong made = new AtomicLong();

    String requestId() {
        return prefix + made.incrementAndGet();
    }

    /** The request id of its goodbye. */
    String farewellId() {
        return prefix + FAREWELL;
    }

    /** Whether another instance says goodbye with it. */
    boolean isFarewellOfAnother(String requestId) {
        return requestId.endsWith(FAREWELL) && !made(requestId);
    }

    boolean made(String requestId) {
        return requestId.startsWith(prefix);
    }
}
