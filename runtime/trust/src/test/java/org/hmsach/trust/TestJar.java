package org.hmsach.trust;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Jars that are bundles, and jars that somebody meddled with. */
final class TestJar {
    private TestJar() {}

    /** @param headers pairs of header and value */
    static Path bundle(Path file, String name, String... headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        for (int i = 0; i < headers.length; i += 2) {
            attributes.putValue(headers[i], headers[i + 1]);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (String entry : new String[] {"one.txt", "META-INF/services/two"}) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    /** Copies a jar with one entry replaced, or added, or with a text in the place of another in it. */
    static Path with(Path jar, Path to, String entry, String content) throws IOException {
        Map<String, byte[]> entries = entries(jar);
        entries.put(entry, content.getBytes(StandardCharsets.UTF_8));
        return write(to, entries);
    }

    static Path without(Path jar, Path to, String entry) throws IOException {
        Map<String, byte[]> entries = entries(jar);
        entries.remove(entry);
        return write(to, entries);
    }

    static String text(Path jar, String entry) throws IOException {
        return new String(entries(jar).get(entry), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>(); // META-INF sorts first
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry one : java.util.Collections.list(zip.entries())) {
                entries.put(one.getName(), zip.getInputStream(one).readAllBytes());
            }
        }
        return entries;
    }

    private static Path write(Path to, Map<String, byte[]> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(one.getKey()));
                out.write(one.getValue());
            }
        }
        return to;
    }
}
