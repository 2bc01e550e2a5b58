package org.hmsach.ops.internal.swap;

import java.util.Map;
import java.util.Optional;

/** What cannot be replaced side by side, and how it is replaced. */
public final class Fixed {
    private static final String RESTART = "by a planned restart with a new distribution only";
    private static final Map<String, String> HOW = Map.of(
            "org.hmsach.api", RESTART,
            "org.hmsach.spi.gov", RESTART,
            "org.hmsach.spi.mkt", RESTART,
            "org.hmsach.spi.mfe", RESTART,
            "org.hmsach.core", RESTART,
            "org.hmsach.ops", RESTART);

    private Fixed() {}

    /** Why the bundle is not replaced here; empty when it is. */
    public static Optional<String> why(String name) {
        return Optional.ofNullable(HOW.get(name)).map(how -> name + " is replaced " + how);
    }
}
