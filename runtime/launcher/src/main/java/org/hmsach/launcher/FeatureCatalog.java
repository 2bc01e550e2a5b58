package org.hmsach.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * All features there are: those that ship, {@code HOME/features/NAME.json}, and the organisation's own, {@code
 * DATA/features/NAME.json}.
 *
 * @param home the distribution
 * @param data the data folder
 */
public record FeatureCatalog(Path home, Path data) {
    private static final String SUFFIX = ".json";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** The names of all, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (Path folder : List.of(shipped(), own())) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (var files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(SUFFIX))
                        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                        .forEach(names::add);
            } catch (IOException e) {
                throw new LaunchException(LaunchException.USAGE, "cannot read " + folder + ": " + e, e);
            }
        }
        return List.copyOf(names);
    }

    /** Whether the distribution brings it. */
    public boolean isShipped(String name) {
        return Files.exists(shipped().resolve(name + SUFFIX));
    }

    /** The feature's file; refuses a name that nobody has, or that both the distribution and the organisation have. */
    public Path file(String name) {
        Path own = own().resolve(name + SUFFIX);
        boolean isOwn = NAME.matcher(name).matches() && Files.exists(own);
        if (isOwn && isShipped(name)) {
            throw new LaunchException(
                    LaunchException.USAGE,
                    own + ": the distribution has a feature \"" + name + "\" too; give yours another name");
        }
        if (isOwn) {
            return own;
        }
        if (NAME.matcher(name).matches() && isShipped(name)) {
            return shipped().resolve(name + SUFFIX);
        }
        throw new LaunchException(
                LaunchException.USAGE,
                "unknown feature \"" + name + "\"; there are " + names() + "; an own one is a file " + own);
    }

    /** The names of the chosen ones: the data folder's choice, at first the distribution's; {@code core} first. */
    public List<String> chosen() {
        Path choice = choice();
        Path source = Files.exists(choice) ? choice : home.resolve("conf/features.list");
        try {
            return withCore(Files.exists(source) ? Files.readAllLines(source) : List.of());
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read " + source + ": " + e, e);
        }
    }

    /** The same of lines that somebody gave. */
    static List<String> withCore(List<String> lines) {
        List<String> chosen = new ArrayList<>(List.of(Settings.CORE));
        lines.stream()
                .map(line -> line.replaceFirst("#.*", "").trim())
                .filter(name -> !name.isEmpty() && !chosen.contains(name))
                .forEach(chosen::add);
        return chosen;
    }

    /** Where the choice is remembered. */
    Path choice() {
        return data.resolve("features.list");
    }

    private Path shipped() {
        return home.resolve("features");
    }

    private Path own() {
        return data.resolve("features");
    }
}
