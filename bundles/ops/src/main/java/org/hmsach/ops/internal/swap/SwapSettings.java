package org.hmsach.ops.internal.swap;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where swaps keep what they need, and how long a version that comes may take.
 *
 * @param data   the data folder
 * @param ready  until its components and health checks are content
 * @param answer for one health check, and for all trial orders of one check: many times what intake lets it take, for
 *     classes are loaded
 * @param transform for its SQL scripts, and for each step of its state's transform
 */
record SwapSettings(Path data, Duration ready, Duration answer, Duration transform) {
    static SwapSettings of(SwapEngine.Config config) {
        return new SwapSettings(
                Path.of(config.data_dir()),
                Duration.ofMillis(config.ready_ms()),
                Duration.ofMillis(config.answer_ms()),
                Duration.ofMillis(config.transform_ms()));
    }
}
