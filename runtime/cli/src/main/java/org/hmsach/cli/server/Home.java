package org.hmsach.cli.server;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The unpacked distribution this command line belongs to. */
public record Home(Path path) {
    /** From the system property {@code hms.home}, else the folder above this jar's. */
    public static Home find() {
        String given = System.getProperty("hms.home");
        if (given != null) {
            return new Home(Path.of(given).toAbsolutePath().normalize());
        }
        try {
            Path jar = Path.of(Home.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Home(jar.toAbsolutePath().getParent().getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this jar has no place", e);
        }
    }

    /** The launcher's jar; its manifest opens what the log engine needs. */
    public Path launcher() {
        Path lib = path.resolve("lib");
        try (var files = Files.list(lib)) {
            return files.filter(file -> file.getFileName().toString().startsWith("org.hmsach.launcher-"))
                    .findFirst()
                    .orElseThrow(() -> new ServerException("there is no launcher in " + lib));
        } catch (IOException e) {
            throw new ServerException("no distribution at " + path + ": " + e, e);
        }
    }
}
