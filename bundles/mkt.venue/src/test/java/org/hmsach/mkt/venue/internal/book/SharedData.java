package org.hmsach.mkt.venue.internal.book;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Finds the real data; a test without it is skipped, or fails where HMS_REQUIRE names "data". */
final class SharedData {
    private SharedData() {}

    static Path file(String relative) {
        Path file = root().resolve(relative);
        if (!Files.isReadable(file)) {
            String message = "no " + relative + " under "
                    + root().toAbsolutePath().normalize() + "; set HMS_SHARED_DATA to the folder that holds it";
            if (required()) {
                fail(message + " (HMS_REQUIRE asks for it)");
            }
            assumeTrue(false, message);
        }
        return file;
    }

    private static boolean required() {
        List<String> required = Arrays.asList(
                System.getenv().getOrDefault("HMS_REQUIRE", "").trim().split("\\s*,\\s*"));
        return required.contains("data") || required.contains("all");
    }

    private static Path root() {
        String set = System.getenv("HMS_SHARED_DATA");
        if (set != null && !set.isBlank()) {
            return Path.of(set);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve(".git"))) {
            folder = folder.getParent();
        }
        return folder.resolveSibling("shared").resolve("data");
    }
}
