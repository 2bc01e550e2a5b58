package org.hmsach.bench.book;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the streams, which are no part of the project. */
public final class SharedData {
    private SharedData() {}

    /** @throws IllegalArgumentException when it is absent, naming what to set */
    public static Path file(String relative) {
        String set = System.getenv("HMS_SHARED_DATA");
        Path root = set == null || set.isBlank() ? Path.of("..", "shared", "data") : Path.of(set);
        Path file = root.resolve(relative).toAbsolutePath().normalize();
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "no " + file + "; set HMS_SHARED_DATA to the folder that holds " + relative);
        }
        return file;
    }
}
