package org.hmsach.build.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One folder of {@code bundles/}, with the jar that was built from it. */
record Bundle(Path folder) {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    static List<Bundle> all() {
        try (Stream<Path> folders = Files.list(ROOT.resolve("bundles"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .map(Bundle::new)
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    String symbolicName() {
        return "org.hmsach." + name();
    }

    boolean holdsContracts() {
        return name().equals("api") || name().startsWith("spi.");
    }

    Path jar() {
        Path jar = folder.resolve("target/" + symbolicName() + "-" + version() + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("not built: " + jar);
        }
        return jar;
    }

    JavaClasses classes() {
        return new ClassFileImporter().importPath(folder.resolve("target/classes"));
    }

    Set<String> exports() {
        return new TreeSet<>(clauses("Export-Package").keySet());
    }

    Set<String> imports() {
        return new TreeSet<>(clauses("Import-Package").keySet());
    }

    Optional<String> header(String name) {
        try (JarFile file = new JarFile(jar().toFile())) {
            Manifest manifest = file.getManifest();
            return Optional.ofNullable(manifest.getMainAttributes().getValue(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Package to its attributes; quoted commas belong to a version range, not between clauses. */
    private Map<String, String> clauses(String header) {
        Map<String, String> clauses = new LinkedHashMap<>();
        for (String clause : header(header).orElse("").split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            String[] parts = clause.split(";", 2);
            if (!parts[0].isBlank()) {
                clauses.put(parts[0].strip(), parts.length > 1 ? parts[1] : "");
            }
        }
        return clauses;
    }

    private static String version() {
        try {
            String pom = Files.readString(ROOT.resolve("pom.xml"));
            int start = pom.indexOf("<version>") + "<version>".length();
            return pom.substring(start, pom.indexOf("</version>", start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
