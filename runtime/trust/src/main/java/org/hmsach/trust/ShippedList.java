package org.hmsach.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The digests of all jars that the distribution ships, written at build: {@code repo/SHA256SUMS}, in the format of
 * {@code sha256sum -c}.
 */
public final class ShippedList {
    /** Name of the file. */
    public static final String FILE = "SHA256SUMS";

    private ShippedList() {}

    /** The build's step. @param args the repository folder */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    /** Writes the list of all jars of a repository folder. */
    public static void write(Path repo) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.walk(repo)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        for (Path jar : jars) {
            lines.add(Digest.of(jar) + "  " + repo.relativize(jar).toString().replace('\\', '/'));
        }
        Files.write(repo.resolve(FILE), lines);
    }

    /** The digests. @throws IOException when there is no list, or it is none */
    public static Set<String> read(Path repo) throws IOException {
        Path file = repo.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing: it lists what the distribution ships; build it again");
        }
        List<String> lines = Files.readAllLines(file);
        for (String line : lines) {
            if (!line.matches(Digest.PATTERN + "  .+")) {
                throw new IOException(file + " is broken at: " + line);
            }
        }
        return lines.stream().map(line -> line.substring(0, 64)).collect(Collectors.toUnmodifiableSet());
    }
}
