package org.hmsach.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** What the manifest must say. */
final class ManifestLook {
    private static final String OURS = "org.hmsach.";

    private ManifestLook() {}

    static List<Line> lines(Path file) throws IOException {
        Map<String, String> headers = headers(file);
        return List.of(identity(headers), imports(headers), exports(headers));
    }

    private static Map<String, String> headers(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            Map<String, String> headers = new TreeMap<>();
            if (manifest != null) {
                manifest.getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
            }
            return headers;
        }
    }

    private static Line identity(Map<String, String> headers) {
        List<String> problems = new ArrayList<>();
        for (String needed : List.of(Constants.BUNDLE_SYMBOLICNAME, Constants.BUNDLE_VERSION)) {
            if (!headers.containsKey(needed)) {
                problems.add("no " + needed);
            }
        }
        String capabilities = headers.getOrDefault(Constants.PROVIDE_CAPABILITY, "");
        if (!capabilities.contains("org.hmsach.module")) {
            problems.add("no Provide-Capability org.hmsach.module: it will not be in the list of modules");
        }
        return Line.of(
                "identity",
                problems,
                headers.get(Constants.BUNDLE_SYMBOLICNAME) + " " + headers.get(Constants.BUNDLE_VERSION));
    }

    private static Line imports(Map<String, String> headers) {
        Map<String, Version> contracts = Contracts.packages();
        List<String> problems = new ArrayList<>();
        Clauses.of(headers.getOrDefault(Constants.IMPORT_PACKAGE, "")).forEach((name, attributes) -> {
            if (name.startsWith(OURS)) {
                Version offered = contracts.get(name);
                VersionRange range = new VersionRange(attributes.getOrDefault("version", "0.0.0"));
                if (offered == null) {
                    problems.add(name + " is no published contract");
                } else if (!range.includes(offered)) {
                    problems.add(name + " is wanted at " + range + ", published is " + offered);
                } else if (range.getRight() == null) {
                    problems.add(name + " is imported without an upper bound: " + range);
                }
            }
        });
        return Line.of("imports and versions", problems, "published contracts only, within their versions");
    }

    private static Line exports(Map<String, String> headers) {
        List<String> names = List.copyOf(
                Clauses.of(headers.getOrDefault(Constants.EXPORT_PACKAGE, "")).keySet());
        List<String> problems = names.isEmpty()
                ? List.of()
                : List.of("exports " + names + ": whoever imports it restarts with every update");
        return Line.of("exports", problems, "none");
    }
}
