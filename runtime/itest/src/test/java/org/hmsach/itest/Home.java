package org.hmsach.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where the built distribution and the things that may be absent lie. */
public final class Home {
    private static final Path ROOT = root();

    private Home() {}

    /** The project's root folder. */
    public static Path project() {
        return ROOT;
    }

    /** The unpacked distribution. */
    public static Path distribution() {
        Path home = ROOT.resolve("distribution/target/hms-ach");
        if (!Files.isDirectory(home.resolve("repo"))) {
            throw new IllegalStateException("the distribution is not built: " + home);
        }
        return home;
    }

    /** The one file in the folder whose name starts so. */
    public static Path only(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .filter(f -> f.getFileName().toString().endsWith(".jar"))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException(folder + " has " + found.size() + " jars " + prefix + "*");
            }
            return found.get(0);
        }
    }

    /** The shared data folder, or a skip that says so; a failure where HMS_REQUIRE names {@code data}. */
    public static Path data(String sub) {
        Path folder = Optional.ofNullable(System.getenv("HMS_SHARED_DATA"))
                .map(Path::of)
                .orElse(ROOT.resolve("../shared/data"))
                .resolve(sub)
                .normalize();
        need("data", Files.exists(folder), "there is no " + folder);
        return folder;
    }

    /** Skips with the message when the thing is absent; fails where HMS_REQUIRE names it. */
    public static void need(String what, boolean present, String message) {
        List<String> required = Arrays.asList(
                Optional.ofNullable(System.getenv("HMS_REQUIRE")).orElse("").split(","));
        if (!present && (required.contains(what) || required.contains("all"))) {
            throw new IllegalStateException(message + ", and HMS_REQUIRE names " + what);
        }
        Assumptions.assumeTrue(present, "skipped: " + message);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
