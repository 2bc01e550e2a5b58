package org.hmsach.ops.internal.swap;

import java.util.Optional;
import java.util.Set;

/** What cannot be replaced side by side, and how it is replaced. */
public final class Fixed {
    private static final Set<String> ALL = Set.of(
            "org.hmsach.api", "org.hmsach.spi.gov", "org.hmsach.spi.mkt", "org.hmsach.spi.mfe", "org.hmsach.core");

    /** Without them nobody could ask for them back. */
    private static final Set<String> KEPT = Set.of(
            "org.hmsach.store", "org.hmsach.identity", "org.hmsach.extender", "org.hmsach.gateway", "org.hmsach.ops");

    private Fixed() {}

    /** Why the bundle is not replaced here; empty when it is. */
    public static Optional<String> why(String name) {
        return ALL.contains(name)
                ? Optional.of(name + " is replaced by a planned restart with a new distribution only")
                : Optional.empty();
    }

    /** Whether it may not be removed. */
    public static boolean stays(String name) {
        return ALL.contains(name) || KEPT.contains(name);
    }
}
