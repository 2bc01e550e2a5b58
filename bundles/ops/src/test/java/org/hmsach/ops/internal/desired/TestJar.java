package org.hmsach.ops.internal.desired;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Bundles of one text file. */
public final class TestJar {
    private static final String CONTENT = "content.txt";

    private TestJar() {}

    /** A bundle with more headers. */
    public static byte[] bundle(String name, String content, Map<String, String> headers) throws IOException {
        return jar(manifest(name, headers), Map.of(CONTENT, content));
    }

    private static Manifest manifest(String name, Map<String, String> headers) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Bundle-Version", "1.0.0");
        headers.forEach(attributes::putValue);
        return manifest;
    }

    /** The same with one more file. */
    public static byte[] bundle(String name, String content, Map<String, String> headers, String file, String text)
            throws IOException {
        return jar(manifest(name, headers), new TreeMap<>(Map.of(CONTENT, content, file, text)));
    }

    /** A jar that is no bundle. */
    public static byte[] plain(String content) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return jar(manifest, Map.of(CONTENT, content));
    }

    private static byte[] jar(Manifest manifest, Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            out.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(out);
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(entry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** The same content is the same jar, whenever it is made. */
    private static JarEntry entry(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 5, 0, 0));
        return entry;
    }
}
