package org.hmsach.ops.internal.swap;

import java.util.Optional;
import java.util.Set;

/** What cannot be replaced side by side, and how it is replaced. */
public final class Fixed {
    private static final Set<String> ALL = Set.of(
            "org.hmsach.api", "org.hmsach.spi.gov", "org.hmsach.spi.mkt", "org.hmsach.spi.mfe", "org.hmsach.core");

    private Fixed() {}

    /** Why the bundle is not replaced here; empty when it is. */
    public static Optional<String> why(String name) {
        return ALL.contains(name)
                ? Optional.of(name + " is replaced by a planned restart with a new distribution only")
                : Optional.empty();
    }
}
