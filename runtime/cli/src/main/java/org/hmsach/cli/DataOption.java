package org.hmsach.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data folder of a server that stays. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "data folder (default: ./hms-data)")
    private Path data = Path.of("hms-data");

    Path path() {
        return data.toAbsolutePath().normalize();
    }
}
