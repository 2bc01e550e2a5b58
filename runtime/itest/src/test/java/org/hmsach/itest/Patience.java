package org.hmsach.itest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Settings under which a busy machine is no reason to refuse: what is proved is what happens, not how fast. */
public final class Patience {
    /** By PID, to be laid over those of the features. */
    public static final Map<String, Map<String, Object>> CONFIGURATIONS = Map.of(
            "org.hmsach.core.intake",
            Map.of("check.timeout.ms", 10_000),
            "org.hmsach.ops",
            Map.of("ready.ms", 60_000, "answer.ms", 60_000, "shadow.late.ms", 60_000));

    private Patience() {}

    /** For the next start on a data folder. */
    static void in(Path data) throws IOException {
        Path conf = Files.createDirectories(data.resolve("conf"));
        for (Map.Entry<String, Map<String, Object>> one : CONFIGURATIONS.entrySet()) {
            new ObjectMapper().writeValue(conf.resolve(one.getKey() + ".json").toFile(), one.getValue());
        }
    }
}
