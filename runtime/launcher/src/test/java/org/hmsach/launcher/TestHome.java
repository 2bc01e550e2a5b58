package org.hmsach.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.hmsach.trust.ShippedList;

/** A distribution of a few empty bundles. */
final class TestHome {
    private final Path home;

    TestHome(Path home) {
        this.home = home;
    }

    Path path() {
        return home;
    }

    /** Puts a bundle {@code test:NAME:1.0.0} into the repository. @param headers pairs of header and value */
    Path ship(String name, String content, String... headers) throws IOException {
        Path jar = home.resolve("repo/test").resolve(name).resolve("1.0.0").resolve(name + "-1.0.0.jar");
        jar(jar, name, "1.0.0", content, headers);
        ShippedList.write(home.resolve("repo"));
        return jar;
    }

    static Path jar(Path jar, String name, String content) throws IOException {
        return jar(jar, name, "1.0.0", content);
    }

    static Path jar(Path jar, String name, String version, String content, String... headers) throws IOException {
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Bundle-Version", version);
        if (content.equals("an extension")) {
            attributes.putValue("Fragment-Host", "system.bundle;extension:=framework");
        }
        attributes.putValue("Import-Package", "org.osgi.framework"); // of a bundle that is resolved already
        if (content.equals("needs what is not there")) {
            attributes.putValue("Import-Package", "not.there");
        }
        if (content.equals("a fragment")) {
            attributes.putValue("Fragment-Host", "vendors");
        }
        for (int i = 0; i < headers.length; i += 2) {
            attributes.putValue(headers[i], headers[i + 1]);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("content.txt"));
            out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return jar;
    }

    /** Writes a feature file that names bundles. */
    void feature(String name, List<String> bundles, String more) throws IOException {
        Files.createDirectories(home.resolve("features"));
        String ids = String.join(
                ",",
                bundles.stream()
                        .map(one -> "{\"id\":\"test:" + one + ":1.0.0\",\"bundleStartLevel\":60}")
                        .toList());
        Files.writeString(
                home.resolve("features").resolve(name + ".json"),
                "{\"feature-resource-version\":\"1.0\",\"id\":\"test:feature." + name + ":1\",\"bundles\":[" + ids + "]"
                        + more + "}");
    }

    Settings settings(Path data, String... features) {
        return Settings.read(home, data, List.of(features), Map.of("hms.port", "0"));
    }

    /** A server leaves its properties behind in the process; the next test starts without. */
    static void forgetProperties() {
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("hms."))
                .forEach(System::clearProperty);
    }

    /** Of a server that runs whatever it is given. */
    Settings trustOff(Path data, String... features) {
        return Settings.read(home, data, List.of(features), Map.of("hms.port", "0", "hms.trust", "off"));
    }
}
