package org.hmsach.cli.maven;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Maven calls a jar: group:artifact:version.
 *
 * @param group    e.g. com.acme
 * @param artifact e.g. com.acme.maxshares
 * @param version  e.g. 1.0.0
 */
public record MavenId(String group, String artifact, String version) {
    private static final String PART = "([A-Za-z0-9_-][A-Za-z0-9._-]*)";
    private static final Pattern ID = Pattern.compile(PART + ":" + PART + ":" + PART);

    /** Empty when the text is none. */
    public static Optional<MavenId> of(String text) {
        Matcher id = ID.matcher(text);
        return id.matches() && !text.contains("..")
                ? Optional.of(new MavenId(id.group(1), id.group(2), id.group(3)))
                : Optional.empty();
    }

    /** Whether it may change under its version. */
    boolean isSnapshot() {
        return version.endsWith("-SNAPSHOT");
    }

    /** Where its jar lies in a repository. */
    String path() {
        return group.replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-" + version + ".jar";
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
