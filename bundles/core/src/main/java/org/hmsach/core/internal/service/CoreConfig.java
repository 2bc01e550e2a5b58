package org.hmsach.core.internal.service;

import java.nio.file.Path;
import java.time.Duration;
import org.hmsach.core.internal.log.LogSettings;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the core. */
@ObjectClassDefinition(name = "HMS-ACH core")
public @interface CoreConfig {
    /** PID. */
    String PID = "org.hmsach.core";

    @AttributeDefinition(
            description = "folder of log, snapshots and tape; empty: core/ in the folder named by hms.data")
    String data_dir() default "";

    @AttributeDefinition(description = "rules required of every order, journalled once when no list was ever set")
    String[] required_rules() default {"gov.collar", "gov.session", "gov.instrument"};

    @AttributeDefinition(description = "how long a command waits for its answer, milliseconds")
    long answer_timeout_ms() default 10_000;

    @AttributeDefinition(description = "how long replay at start may take, seconds")
    long start_timeout_s() default 600;

    @AttributeDefinition(description = "commands that may wait to be sent; more are refused as unavailable")
    int queue_capacity() default 16_384;

    @AttributeDefinition(description = "below this much free disk space commands are refused, megabytes")
    long free_space_floor_mb() default 256;

    @AttributeDefinition(description = "a snapshot after so many entries, under load up to four times; 0: never")
    long snapshot_every_entries() default 500_000;

    @AttributeDefinition(
            description = "a snapshot after so many minutes with something new, under load up to four times; 0: never")
    long snapshot_every_minutes() default 60;

    @AttributeDefinition(
            description = "longest nap of an idle thread of the log, milliseconds; 10 saves processor time")
    long idle_max_park_ms() default 1;

    /** From configuration to the log's settings. */
    final class Settings {
        private Settings() {}

        static LogSettings of(CoreConfig config, String hmsData) {
            return new LogSettings(
                    directory(config.data_dir(), hmsData),
                    Duration.ofMillis(config.answer_timeout_ms()),
                    Duration.ofSeconds(config.start_timeout_s()),
                    config.queue_capacity(),
                    config.free_space_floor_mb() << 20,
                    config.snapshot_every_entries(),
                    Duration.ofMinutes(config.snapshot_every_minutes()),
                    Duration.ofMillis(config.idle_max_park_ms()));
        }

        private static Path directory(String dataDir, String hmsData) {
            if (!dataDir.isBlank()) {
                return Path.of(dataDir);
            }
            if (hmsData == null) {
                throw new IllegalArgumentException("neither data_dir nor the property hms.data is set");
            }
            return Path.of(hmsData, "core");
        }
    }
}
