package org.hmsach.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hmsach.trust.Digest;
import org.hmsach.trust.SignerStore;

/**
 * What the JVM wrote when it ran out of memory and ended ({@code -XX:+CrashOnOutOfMemoryError}). The code that asked
 * for the memory stands there: when it is a vendor's, that very jar is revoked, and the server comes back without it.
 */
final class MemoryReports {
    private static final String BEGIN = "hs_err_";
    private static final String SETTLED = "out-of-memory-";
    private static final String MARK = "fatal error: OutOfMemory encountered: ";
    private static final String FRAMES = "Java frames:";
    /** {@code j com.acme.Leak.check(I)V+5} interpreted, {@code J 71 c2 com.acme.Leak.check(I)V (9 bytes)} compiled. */
    private static final Pattern FRAME =
            Pattern.compile("[jJ] +(?:\\d+%? +(?:[!a-z]+ +)?c[12] +)?([\\w.]+)[\\w$/+]*\\.[\\w$<>]+\\(.*");

    private final Path data;
    private final Set<String> shipped;

    /** @param shipped digests of what the distribution ships: what it needs is never revoked */
    MemoryReports(Path data, Set<String> shipped) {
        this.data = data;
        this.shipped = Set.copyOf(shipped);
    }

    /** Settles each report that was not settled yet. @return a line for people on each */
    List<String> settle() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path report : list(data.resolve("log"))) {
            String name = report.getFileName().toString();
            if (name.startsWith(BEGIN)) {
                List<String> text = Files.readAllLines(report, StandardCharsets.ISO_8859_1);
                Optional<String> what = text.stream()
                        .filter(line -> line.contains(MARK))
                        .map(line -> line.substring(line.indexOf(MARK) + MARK.length()))
                        .findFirst();
                if (what.isPresent()) {
                    Path settled = report.resolveSibling(SETTLED + name.substring(BEGIN.length()));
                    lines.add(settle(what.get(), text, settled));
                    Files.move(report, settled);
                }
            }
        }
        return lines;
    }

    private String settle(String what, List<String> text, Path report) throws IOException {
        String ran = "the server ran out of memory (" + what + ") and ended; " + report + " tells where";
        for (String type : frames(text)) {
            Optional<Path> jar = vendorsJar(type);
            if (jar.isPresent()) {
                String digest = Digest.of(jar.get());
                new SignerStore(data.resolve("conf/trust"))
                        .revoke(digest, "ran out of memory in " + type + ", see " + report);
                return ran + ". It was " + type + " of " + jar.get().getFileName()
                        + ", which is revoked: it does not run until its line is taken out of conf/trust/revoked.list";
            }
        }
        return ran + ". No vendor's bundle was at work there: everything runs again";
    }

    /** The classes at work, the innermost first. */
    private static List<String> frames(List<String> text) {
        int from = 0;
        while (from < text.size() && !text.get(from).startsWith(FRAMES)) {
            from++;
        }
        List<String> types = new ArrayList<>();
        for (int i = from + 1; i < text.size() && !text.get(i).isBlank(); i++) {
            Matcher frame = FRAME.matcher(text.get(i));
            if (frame.matches()) {
                types.add(frame.group(1));
            }
        }
        return types;
    }

    private Optional<Path> vendorsJar(String type) throws IOException {
        String entry = type.replace('.', '/') + ".class";
        for (String folder : List.of("bundles", "load")) {
            for (Path jar : list(data.resolve(folder))) {
                if (jar.toString().endsWith(".jar") && !shipped.contains(Digest.of(jar)) && has(jar, entry)) {
                    return Optional.of(jar);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean has(Path jar, String entry) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry(entry) != null && !ours(file);
        }
    }

    /** A newer version of a module of ours is needed as much as the shipped one. */
    private static boolean ours(JarFile file) throws IOException {
        String name = file.getManifest() == null
                ? ""
                : Optional.ofNullable(file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"))
                        .orElse("");
        return name.startsWith("org.hmsach.");
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
