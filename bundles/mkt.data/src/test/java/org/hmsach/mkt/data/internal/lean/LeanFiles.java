package org.hmsach.mkt.data.internal.lean;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small data folders for tests. */
public final class LeanFiles {
    private LeanFiles() {}

    public static Path tick(Path root, String symbol, String name, String... lines) throws IOException {
        return zip(root.resolve("equity/usa/tick").resolve(symbol).resolve(name + ".zip"), lines);
    }

    public static Path daily(Path root, String symbol, String... lines) throws IOException {
        return zip(root.resolve("equity/usa/daily").resolve(symbol + ".zip"), lines);
    }

    private static Path zip(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("data.csv"));
            zip.write(String.join("\n", lines).getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
        }
        return file;
    }
}
